import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import type { InputSpec } from "../engine/compile.ts";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";

/** A stage's loss inside a compiled step. */
export interface BatchLoss {
  /** What changes from epoch to epoch, or is drawn for every batch. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /**
   * Starts an epoch.
   *
   * @param epoch - epochs finished before this one.
   * @param stream - the epoch's random numbers.
   * @returns gives the inputs of a batch of so many examples; batches come in their order.
   */
  beginEpoch(epoch: number, stream: RandomStream): (count: number) => Readonly<Record<string, Float32Array>>;
  /**
   * The loss of a batch.
   *
   * @param heads - logits `[batch, C]` of each head.
   * @param labels - int32 `[batch]`.
   */
  compute(heads: readonly Tensor2D[], labels: Tensor1D, inputs: Readonly<Record<string, Tensor>>): Scalar;
}

/** A loss of one set of logits, of their mean where there are several heads, and of nothing that changes. */
export const logitsLoss = (ofLogits: (logits: Tensor2D, labels: Tensor1D) => Scalar): BatchLoss => ({
  inputs: {},
  beginEpoch: () => () => ({}),
  compute: (heads, labels) => ofLogits(meanLogits(heads), labels),
});

/** The mean of the heads' logits; of one head its own. */
export function meanLogits(heads: readonly Tensor2D[]): Tensor2D {
  const [first] = heads;
  if (first === undefined) throw new Error("internal: a classifier has a head");
  return heads.length === 1 ? first : tf.div(tf.addN([...heads]), heads.length);
}
