import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import type { InputSpec } from "../engine/compile.ts";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";

/** Loss of a stage inside a compiled step. */
export interface BatchLoss {
  /** Inputs that change per epoch or are drawn per batch. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /**
   * Starts an epoch.
   *
   * @param epoch - epochs finished before this one.
   * @param stream - random numbers of the epoch.
   * @returns a function from the number of examples of a batch to its inputs; call it for the batches in order.
   */
  beginEpoch(epoch: number, stream: RandomStream): (count: number) => Readonly<Record<string, Float32Array>>;
  /**
   * Computes the loss of a batch.
   *
   * @param outputs - logits `[batch, C]` of each expert or branch.
   * @param labels - int32 `[batch]`.
   */
  compute(outputs: readonly Tensor2D[], labels: Tensor1D, inputs: Readonly<Record<string, Tensor>>): Scalar;
}

/** Wraps a loss without inputs of its own; it is measured on the mean of the outputs. */
export const logitsLoss = (ofLogits: (logits: Tensor2D, labels: Tensor1D) => Scalar): BatchLoss => ({
  inputs: {},
  beginEpoch: () => () => ({}),
  compute: (outputs, labels) => ofLogits(meanLogits(outputs), labels),
});

/** Averages the logits of all outputs; a single output is returned as it is. */
export function meanLogits(outputs: readonly Tensor2D[]): Tensor2D {
  const [first] = outputs;
  if (first === undefined) throw new Error("internal: a classifier has at least one output");
  return outputs.length === 1 ? first : tf.div(tf.addN([...outputs]), outputs.length);
}
