import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { checkClassCounts } from "./class-counts.ts";
import { crossEntropyLoss } from "./cross-entropy.ts";

/**
 * Computes the balanced softmax loss (BSCE), the cross-entropy of logits shifted by the log class priors.
 *
 *     L = mean_b −log softmax(z_b + log π)_{y_b},   π_j = n_j / Σ_k n_k
 *
 * Prediction uses z itself. Use it to train on long-tailed data without resampling or class weights.
 *
 * @param logits - z, `[batch, C]`.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @param options.classCounts - n, `[C]`, training images per class, > 0.
 * @returns the batch loss, a scalar ≥ 0.
 * @throws {UsageError} if a class has no images.
 * @source code: CMO losses.py, BALMS loss/BalancedSoftmaxLoss.py; Ren et al., NeurIPS 2020
 * @example balancedSoftmaxLoss(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"), { classCounts: [3, 1] }).arraySync(); // → 1.3862…
 */
export function balancedSoftmaxLoss(
  logits: Tensor2D,
  labels: Tensor1D,
  { classCounts }: { readonly classCounts: readonly number[] },
): Scalar {
  checkClassCounts(classCounts);
  const total = classCounts.reduce((sum, count) => sum + count, 0);
  // A subtraction, because an addition after the classifier's own addition may differ in its last bit (docs/engine.md).
  const rarities = classCounts.map((count) => Math.log(total / count));
  return crossEntropyLoss(tf.sub<Tensor2D>(logits, rarities), labels);
}
