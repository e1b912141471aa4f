import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { gatherRows } from "../engine/ops/gather-rows.ts";
import { softmaxCrossEntropy } from "../engine/ops/softmax-cross-entropy.ts";
import { tf } from "../engine/tensorflow.ts";
import { UsageError } from "../errors.ts";

/** Added to a probability before its logarithm, so that a probability of 0 costs 16.1 and has no gradient. */
const minProbability = 1e-7;

function negativeLogProbability(logits: Tensor2D, labels: Tensor1D): Tensor1D {
  return tf.neg(tf.log(tf.add(tf.exp(tf.neg(softmaxCrossEntropy(logits, labels))), minProbability)));
}

/**
 * Computes the loss of ResLT, in which each branch learns its group of classes and their sum learns all classes.
 *
 *     L = (1 − β)·mean_b ℓ(Σ_g z_g)_b + β·Σ_g Σ_{b: y_b ∈ g} ℓ(z_g)_b / Σ_g |{b: y_b ∈ g}|
 *     ℓ(z)_b = −log(softmax(z_b)_{y_b} + 1e-7)
 *
 * Classes are sorted by count, most frequent first. Group g contains all classes c ≥ `groupStarts[g]`.
 * Use it with a classifier of the kind `residualBranches`.
 *
 * @param branchLogits - z_g, `[batch, C]` each: all classes, medium and tail classes, tail classes.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @param options.groupStarts - first class of each group, the first 0; `[0, 2, 4]` on CIFAR-10, `[0, 35, 70]` on CIFAR-100.
 * @param options.beta - β in [0, 1], weight of the branches; 0.995 on CIFAR-100-LT at ratio 100.
 * @returns the batch loss, a scalar.
 * @throws {UsageError} if the first group does not start at 0, or the numbers of groups and branches differ.
 * @source code: ResLT CIFAR/*.py; Cui et al., TPAMI 2022
 * @example
 * const [z, options] = [tf.tensor2d([[0, 0, 0, 0]]), { groupStarts: [0, 2, 3], beta: 0.995 }];
 * resltLoss([z, z, z], tf.tensor1d([0], "int32"), options).arraySync(); // → 1.3862…
 */
export function resltLoss(
  branchLogits: readonly Tensor2D[],
  labels: Tensor1D,
  { groupStarts, beta }: { readonly groupStarts: readonly number[]; readonly beta: number },
): Scalar {
  if (groupStarts[0] !== 0 || groupStarts.length !== branchLogits.length) {
    throw new UsageError({
      code: "GROUP_STARTS_INVALID",
      problem: `expected groupStarts to hold one class per branch, the first 0, got [${groupStarts.join(", ")}] for ${branchLogits.length} branches`,
      fix: "use [0, 2, 4] for three branches on CIFAR-10, [0, 35, 70] on CIFAR-100",
    });
  }
  const all = tf.addN([...branchLogits]);
  const membership = Array.from({ length: all.shape[1] }, (_, label) =>
    groupStarts.map((start) => (label >= start ? 1 : 0)),
  );
  const members = gatherRows(tf.tensor2d(membership), labels);
  const perBranch = tf.stack(
    branchLogits.map((logits) => negativeLogProbability(logits, labels)),
    1,
  );
  const independent = tf.div(tf.sum(tf.mul(perBranch, members)), tf.sum(members));
  const fused = tf.mean(negativeLogProbability(all, labels));
  return tf.add(tf.mul(fused, 1 - beta), tf.mul(independent, beta));
}
