import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { softmaxCrossEntropy } from "../engine/ops/softmax-cross-entropy.ts";
import { tf } from "../engine/tensorflow.ts";
import { checkClassCounts } from "./class-counts.ts";

/**
 * Computes the label smoothing of each class, which grows with its images along a quarter of a sine ("concave").
 *
 *     ε_j = ε_tail + (ε_head − ε_tail) · sin( π (n_j − n_min) / (2 (n_max − n_min)) )
 *
 * If all classes have one size, all get ε_head.
 *
 * @param classCounts - n, `[C]`, training images per class, > 0.
 * @param head - ε_head in [0, 1], for the largest class.
 * @param tail - ε_tail in [0, 1], for the smallest class.
 * @returns ε, `[C]`, in [0, 1].
 * @throws {UsageError} if a class has no images.
 * @source code: MisLAS methods.py
 * @example smoothings([9, 5, 1], 0.4, 0); // → [0.4, 0.2828…, 0]
 */
export function smoothings(classCounts: readonly number[], head: number, tail: number): number[] {
  checkClassCounts(classCounts);
  const max = Math.max(...classCounts);
  const min = Math.min(...classCounts);
  const relative = (count: number) => (max === min ? 1 : (count - min) / (max - min));
  return classCounts.map((count) => tail + (head - tail) * Math.sin((Math.PI / 2) * relative(count)));
}

/**
 * Computes the label-aware smoothing loss of MisLAS, the cross-entropy with class-dependent label smoothing.
 *
 *     L = mean_b [ (1 − ε_y)·(−log p_by) + ε_y·mean_j(−log p_bj) ],   p_b = softmax(z_b), y = y_b
 *       = mean_b [ −log p_by + ε_y·(z_by − mean_j z_bj) ]
 *
 * Use it in stage II to reduce overconfidence on head classes.
 *
 * @param logits - z, `[batch, C]`.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @param options.classCounts - n, `[C]`, training images per class, > 0.
 * @param options.headSmoothing - ε of the largest class, in [0, 1].
 * @param options.tailSmoothing - ε of the smallest class, in [0, 1].
 * @returns the batch loss, a scalar ≥ 0.
 * @throws {UsageError} if a class has no images.
 * @source code: MisLAS methods.py; Zhong et al., CVPR 2021
 * @example
 * const options = { classCounts: [9, 1], headSmoothing: 0.4, tailSmoothing: 0 };
 * labelAwareSmoothingLoss(tf.tensor2d([[2, 0]]), tf.tensor1d([0], "int32"), options).arraySync(); // → 0.5269…
 */
export function labelAwareSmoothingLoss(
  logits: Tensor2D,
  labels: Tensor1D,
  options: {
    readonly classCounts: readonly number[];
    readonly headSmoothing: number;
    readonly tailSmoothing: number;
  },
): Scalar {
  const classes = logits.shape[1];
  const epsilons = smoothings(options.classCounts, options.headSmoothing, options.tailSmoothing);
  const targets = tf.oneHot(labels, classes, 1, 0, "float32");
  const epsilon = tf.sum(tf.mul(targets, epsilons), 1, true);
  const smoothing = tf.sum(tf.mul(logits, tf.mul(tf.sub(targets, 1 / classes), epsilon)), 1);
  return tf.mean(tf.add(softmaxCrossEntropy(logits, labels), smoothing));
}
