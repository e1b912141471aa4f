import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { gatherRows } from "../engine/ops/gather-rows.ts";
import { softmaxCrossEntropy } from "../engine/ops/softmax-cross-entropy.ts";
import { tf } from "../engine/tensorflow.ts";

/**
 * Computes the softmax cross-entropy of a batch.
 *
 *     L = Σ_b w_{y_b} ℓ_b / Σ_b w_{y_b},   ℓ_b = −log softmax(z_b)_{y_b}
 *
 * Without `classWeights` every w is 1 and L is the mean. With them, L is divided by the summed weights of the
 * batch's labels, as in PyTorch's weighted mean.
 * Use it as the baseline; CE and both stages of DR train with it (docs/methods.md).
 *
 * @param logits - z, `[batch, C]`.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @param options.classWeights - w, `[C]`, > 0; all 1 by default.
 * @returns the batch loss, a scalar ≥ 0.
 * @source paper section 4 ("CE loss"); code: H2T methods.py, PyTorch `cross_entropy`
 * @example crossEntropyLoss(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32")).arraySync(); // → 0.6931…
 */
export function crossEntropyLoss(
  logits: Tensor2D,
  labels: Tensor1D,
  options: { readonly classWeights?: readonly number[] | Tensor1D | undefined } = {},
): Scalar {
  const perExample = softmaxCrossEntropy(logits, labels);
  const { classWeights } = options;
  if (classWeights === undefined) return tf.mean(perExample);
  const byClass = classWeights instanceof tf.Tensor ? classWeights : tf.tensor1d([...classWeights]);
  const weights = gatherRows(byClass, labels);
  return tf.div(tf.sum(tf.mul(perExample, weights)), tf.sum(weights));
}
