import type { RandomStream } from "../random.ts";
import { LayerFactory } from "./layer-factory.ts";
import type { Backbone } from "./model.ts";
import { basicBlock, residualStage, residualStem } from "./residual-stage.ts";
import { sharedBackbone } from "./shared-backbone.ts";

/**
 * Builds BBN's backbone, a ResNet-32 with two copies of its last block; 537,488 parameters, 128 features.
 *
 * Expert 0 is the conventional branch and learns from uniformly sampled images.
 * Expert 1 is the re-balancing branch and learns from reverse-sampled images.
 *
 * @source code: BBN lib/backbone/resnet_cifar.py
 */
export function bilateralBackbone(stream: RandomStream): Backbone {
  const make = new LayerFactory(stream);
  const shared = [
    residualStem(make),
    residualStage(make, "stage2", 16, 32),
    residualStage(make, "stage3", 32, 64, 4),
  ];
  const branches = [1, 2].map((expert) => basicBlock(make, `expert${expert}.stage3.block5`, 64, 64));
  return sharedBackbone(make, shared, branches, 64);
}
