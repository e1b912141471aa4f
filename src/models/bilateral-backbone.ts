import type { RandomStream } from "../random.ts";
import { LayerFactory } from "./layer-factory.ts";
import type { Backbone } from "./model.ts";
import { basicBlock, residualStage, residualStem } from "./residual-stage.ts";
import { sharedBackbone } from "./shared-backbone.ts";

/**
 * BBN's two branches: ResNet-32 whose last block is there twice; 537,488 parameters, 128 features.
 *
 * Expert 0 learns from uniformly drawn images (conventional branch), expert 1 from reversed ones (re-balancing branch).
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
