import { buildModel } from "./build-model.ts";
import type { ClassifierKind } from "./classifier.ts";
import type { Model } from "./model.ts";

/** Options of `resnet32`. */
export interface ResNet32Options {
  /** Kind of classifier. @default { kind: "linear" } */
  readonly classifier?: ClassifierKind | undefined;
  /** Seed of the initial weights, a whole number. @default 0 */
  readonly seed?: number | undefined;
}

/**
 * Builds a ResNet-32 for 32 × 32 images with random weights.
 *
 * The stem is a 3×3 convolution 3 → 16 with batch norm and ReLU.
 * Three stages of five basic blocks follow, with 16, 32 and 64 channels, strides 1, 2 and 2, and shortcut option A.
 * The feature map is `[batch, 8, 8, 64]`; global average pooling and the classifier follow.
 * The backbone has 463,504 parameters; with a linear classifier there are 464,154 for 10 and 470,004 for 100 classes.
 * Convolutions and linear weights are drawn from N(0, 2/fan-in).
 * Use it for CIFAR-sized images; `buildModel` offers other backbones.
 *
 * @param numClasses - C, a whole number ≥ 2.
 * @returns the model; it occupies the engine's memory until `disposeModel` frees it.
 * @source paper section 4.2; code: H2T models/resnet_cifar.py
 * @example resnet32(10).backbone.featureSize; // → 64
 */
export function resnet32(numClasses: number, options: ResNet32Options = {}): Model {
  const { classifier = { kind: "linear" }, seed = 0 } = options;
  return buildModel({ kind: "resnet32" }, classifier, numClasses, seed);
}
