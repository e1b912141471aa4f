import { buildModel } from "./build-model.ts";
import type { ClassifierKind } from "./classifier.ts";
import type { Model } from "./model.ts";

/** What a ResNet-32 may differ in. */
export interface ResNet32Options {
  /** @default linear */
  readonly classifier?: ClassifierKind;
  /** Seed of the initial weights. @default 0 */
  readonly seed?: number;
}

/**
 * ResNet-32 for 32 × 32 images, with newly drawn weights.
 *
 * 3×3 convolution 3 → 16, batch norm, ReLU; three stages of five basic blocks with 16, 32 and 64 channels,
 * strides 1, 2 and 2, shortcut option A; feature map `[batch, 8, 8, 64]`; global average pooling; classifier.
 * 463,504 parameters in the backbone; with a linear classifier 464,154 for 10 and 470,004 for 100 classes.
 * Convolutions and linear weights are drawn from N(0, 2/fan-in).
 *
 * @param numClasses - C, at least 2.
 * @source paper section 4.2; code: H2T models/resnet_cifar.py
 * @example resnet32(10).backbone.featureSize; // → 64
 */
export function resnet32(numClasses: number, options: ResNet32Options = {}): Model {
  const { classifier = { kind: "linear" }, seed = 0 } = options;
  return buildModel({ kind: "resnet32" }, classifier, numClasses, seed);
}
