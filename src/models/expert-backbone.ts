import type { RandomStream } from "../random.ts";
import { inSequence, LayerFactory } from "./layer-factory.ts";
import type { Backbone } from "./model.ts";
import { residualStage, residualStem } from "./residual-stage.ts";
import { sharedBackbone } from "./shared-backbone.ts";

/**
 * Builds a ResNet-32 with separate second and third stages per expert.
 *
 * The experts share 23,824 parameters. An expert of widths 24 and 48 has 248,544 more, one of widths 32 and 64 has 439,680.
 *
 * @param widths - channels of the experts' two stages, even numbers.
 * @source code: RIDE model/ldam_drw_resnets, with 24 and 48; H2T ride_resnet_cifar.py, with 32 and 64
 */
export function expertBackbone(
  experts: number,
  widths: readonly [number, number],
  stream: RandomStream,
): Backbone {
  const make = new LayerFactory(stream);
  const shared = [residualStem(make)];
  const stages = Array.from({ length: experts }, (_, e) =>
    inSequence([
      residualStage(make, `expert${e + 1}.stage2`, 16, widths[0]),
      residualStage(make, `expert${e + 1}.stage3`, widths[0], widths[1]),
    ]),
  );
  return sharedBackbone(make, shared, stages, widths[1]);
}
