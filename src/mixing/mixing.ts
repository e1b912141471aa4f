import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { ImageSet } from "../data/image-set.ts";
import type { InputSpec } from "../engine/compile.ts";
import type { TensorValues } from "../engine/native-backend.ts";
import type { Model } from "../models/model.ts";
import type { SamplerName } from "../samplers/sampler.ts";

/** Mixing of a batch of stage I, between images and loss. */
export type Mixing =
  | { readonly kind: "none" }
  /** x̃ = λx + (1 − λ)x[π], λ ~ Beta(alpha, alpha), once per batch. */
  | { readonly kind: "mixup"; readonly alpha: number }
  /** Pastes a box of a second batch with the given probability, λ ~ Beta(1, 1) (CMO). */
  | {
      readonly kind: "cutMix";
      /** Sampler of the second batch. */
      readonly sampler: SamplerName;
      readonly probability: number;
      /** Number of unmixed epochs at the start; the end has one less. */
      readonly plainEpochs: number;
    }
  /** Passes a second batch through the second branch and weights the features of both by a falling share (BBN). */
  | { readonly kind: "bilateral"; readonly sampler: SamplerName };

/** Data and random seed of mixing. */
export interface MixingContext {
  readonly set: ImageSet;
  /** Training images per class, as indices into `set`. */
  readonly classIndices: readonly ArrayLike<number>[];
  readonly seed: number;
  /** Epochs of the stage. */
  readonly epochs: number;
}

/** Labels of a batch, and their share of the loss; the share is 1 if absent. */
export interface Target {
  readonly labels: Tensor1D;
  readonly share?: Scalar;
}

/** Values of a step's inputs, by name. */
export type InputValues = Readonly<Record<string, TensorValues>>;

/** Mixing inside a compiled step. */
export interface BatchMixing {
  /** Inputs besides `images` and `labels`. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** Number of targets that `forward` returns. */
  readonly targets: number;
  /**
   * Starts an epoch and its random streams.
   *
   * @param epoch - epochs finished before this one.
   * @param length - number of images of the epoch.
   * @returns a function from a batch's start in the epoch and its size to its inputs; call it for the batches in order.
   */
  beginEpoch(epoch: number, length: number): (start: number, count: number) => InputValues;
  /** Computes the logits `[batch, C]` of each output of the classifier, and the targets of the loss. */
  forward(
    model: Model,
    images: Tensor4D,
    labels: Tensor1D,
    inputs: Readonly<Record<string, Tensor>>,
  ): { readonly outputs: readonly Tensor2D[]; readonly targets: readonly Target[] };
}
