import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { ImageSet } from "../data/image-set.ts";
import type { InputSpec } from "../engine/compile.ts";
import type { TensorValues } from "../engine/native-backend.ts";
import type { Model } from "../models/model.ts";
import type { SamplerName } from "../samplers/sampler.ts";

/** What happens to a batch of stage I between images and loss. */
export type Mixing =
  | { readonly kind: "none" }
  /** x̃ = λx + (1 − λ)x[π], λ ~ Beta(alpha, alpha) once a batch. */
  | { readonly kind: "mixup"; readonly alpha: number }
  /** With some probability a box of a second batch is pasted in, λ ~ Beta(1, 1) (CMO). */
  | {
      readonly kind: "cutMix";
      /** Draws the second batch. */
      readonly sampler: SamplerName;
      readonly probability: number;
      /** Epochs at the start, and one less at the end, without. */
      readonly plainEpochs: number;
    }
  /** A second batch goes through the second branch; the features of both are weighed by a share that falls (BBN). */
  | { readonly kind: "bilateral"; readonly sampler: SamplerName };

/** What mixing draws from. */
export interface MixingContext {
  readonly set: ImageSet;
  /** The chosen images of each class, as indices into `set`. */
  readonly classIndices: readonly ArrayLike<number>[];
  readonly seed: number;
  /** Epochs of the stage. */
  readonly epochs: number;
}

/** Labels that a batch's logits are held against, and their share of the loss; all of it where absent. */
export interface Target {
  readonly labels: Tensor1D;
  readonly share?: Scalar;
}

/** The values of a step's inputs, by name. */
export type InputValues = Readonly<Record<string, TensorValues>>;

/** A way of mixing inside a compiled step. */
export interface BatchMixing {
  /** What it needs besides `images` and `labels`. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** How many targets `forward` gives. */
  readonly targets: number;
  /**
   * Starts an epoch: its random streams begin anew.
   *
   * @param epoch - epochs finished before this one.
   * @param length - images of the epoch.
   * @returns draws the inputs of a batch, given its place in the epoch and its size; batches come in their order.
   */
  beginEpoch(epoch: number, length: number): (start: number, count: number) => InputValues;
  /** From a batch to the logits of each head, and to what they are held against. */
  forward(
    model: Model,
    images: Tensor4D,
    labels: Tensor1D,
    inputs: Readonly<Record<string, Tensor>>,
  ): { readonly heads: readonly Tensor2D[]; readonly targets: readonly Target[] };
}
