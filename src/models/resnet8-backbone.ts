import type { RandomStream } from "../random.ts";
import { LayerFactory } from "./layer-factory.ts";
import type { Backbone } from "./model.ts";
import { residualStage, residualStem } from "./residual-stage.ts";
import { sharedBackbone } from "./shared-backbone.ts";

/**
 * Builds a ResNet-8 without classifier, a ResNet-32 with one block per stage; 74,640 parameters.
 *
 * @source He et al., CVPR 2016, section 4.2: 6n + 2 layers, here with n = 1
 */
export function resnet8Backbone(stream: RandomStream): Backbone {
  const make = new LayerFactory(stream);
  const shared = [residualStem(make, 1), residualStage(make, "stage2", 16, 32, 1)];
  return sharedBackbone(make, shared, [residualStage(make, "stage3", 32, 64, 1)], 64);
}
