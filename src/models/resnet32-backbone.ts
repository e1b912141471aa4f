import type { RandomStream } from "../random.ts";
import { LayerFactory } from "./layer-factory.ts";
import type { Backbone } from "./model.ts";
import { residualStage, residualStem } from "./residual-stage.ts";
import { sharedBackbone } from "./shared-backbone.ts";

/**
 * Builds a ResNet-32 without classifier: stem and three stages of five blocks with 16, 32 and 64 channels; 463,504 parameters.
 *
 * @source paper section 4.2; code: H2T models/resnet_cifar.py
 */
export function resnet32Backbone(stream: RandomStream): Backbone {
  const make = new LayerFactory(stream);
  const shared = [residualStem(make), residualStage(make, "stage2", 16, 32)];
  return sharedBackbone(make, shared, [residualStage(make, "stage3", 32, 64)], 64);
}
