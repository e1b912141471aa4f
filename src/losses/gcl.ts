import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { softmaxCrossEntropy } from "../engine/ops/softmax-cross-entropy.ts";
import { withoutGradient } from "../engine/ops/without-gradient.ts";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import { checkClassCounts } from "./class-counts.ts";
import { subtractMargins } from "./subtract-margins.ts";

/** Options of GCL. */
export interface GclOptions {
  /** n, `[C]`, training images per class, > 0. */
  readonly classCounts: readonly number[];
  /** s, factor of the cosines; 30 in stage I, 20 in stage II. */
  readonly scale: number;
  /** m, margin of the target as a cosine; 0 in stage I, 0.1 in stage II. */
  readonly margin: number;
  /** κ, size of the clouds as a cosine; 0.5 on CIFAR. */
  readonly noiseScale: number;
  /** ε, `[batch, C]`, drawn by `drawCloudNoise`. */
  readonly noise: Tensor2D;
  /** γ ≥ 0, exponent of the focal weights; 0 weights all examples equally. @default 0 */
  readonly focal?: number | undefined;
}

/**
 * Draws the noise of a batch for `gclLoss`.
 *
 *     ε_bj ~ N(0, (⅓)²)
 *
 * The standard deviation is ⅓, and the loss uses min(|ε|, 1). Use it once per batch.
 *
 * @param batch - number of images.
 * @param numClasses - C.
 * @param stream - random numbers; training uses one stream per stage, epoch and target.
 * @returns ε, flat `[batch, C]`.
 * @source code: GCL losses.py
 * @example drawCloudNoise(128, 10, randomStream(0, "loss", 1, 0, 0)).length; // → 1280
 */
export function drawCloudNoise(batch: number, numClasses: number, stream: RandomStream): Float32Array {
  return Float32Array.from({ length: batch * numClasses }, () => stream.normal(0, 1 / 3));
}

/**
 * Computes the cloud size of each class, from 0 for the most frequent to 1 for the rarest.
 *
 *     δ_j = (log n_max − log n_j) / (log n_max − log n_min);   0 if all classes are of one size
 *
 * @param classCounts - n, `[C]`, training images per class, > 0.
 * @returns δ, `[C]`, in [0, 1].
 * @throws {UsageError} if a class has no images.
 * @source code: GCL losses.py
 * @example cloudSizes([100, 10, 1]); // → [0, 0.5, 1]
 */
export function cloudSizes(classCounts: readonly number[]): number[] {
  checkClassCounts(classCounts);
  const max = Math.max(...classCounts);
  const range = Math.log(max / Math.min(...classCounts));
  return classCounts.map((count) => (range === 0 ? 0 : Math.log(max / count) / range));
}

/**
 * Computes GCL from logits of a cosine classifier that already include the scale: `gclLoss` with z = s·c.
 *
 * @param logits - z, `[batch, C]`.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @returns the batch loss, a scalar ≥ 0.
 * @throws {UsageError} if a class has no images.
 * @source code: GCL losses.py
 * @example
 * const options = { classCounts: [100, 1], scale: 30, margin: 0, noiseScale: 0.5, noise: tf.tensor2d([[9, 1 / 3]]) };
 * gclLossOfLogits(tf.tensor2d([[0, 5]]), tf.tensor1d([1], "int32"), options).arraySync(); // → 0.6931…
 */
export function gclLossOfLogits(
  logits: Tensor2D,
  labels: Tensor1D,
  { classCounts, scale, margin, noiseScale, noise, focal = 0 }: GclOptions,
): Scalar {
  const sizes = cloudSizes(classCounts).map((size) => scale * noiseScale * size);
  const clouded = tf.sub<Tensor2D>(logits, tf.mul(tf.minimum(tf.abs(noise), 1), sizes));
  const perExample = softmaxCrossEntropy(subtractMargins(clouded, labels, scale * margin), labels);
  if (focal === 0) return tf.mean(perExample);
  // 1 − p_y = 1 − exp(−ℓ); expm1 keeps its digits when p_y is near 1.
  const weights = withoutGradient(() => tf.pow(tf.neg(tf.expm1(tf.neg(perExample))), focal));
  return tf.mean(tf.mul(perExample, weights));
}

/**
 * Computes the Gaussian clouded logit loss (GCL), in which noise lowers the logits of rare classes most.
 *
 *     c̃_bj = c_bj − κ·min(|ε_bj|, 1)·δ_j − m·[j = y_b],   ℓ_b = −log softmax(s·c̃_b)_{y_b}
 *     L = mean_b (1 − p_b)^γ ℓ_b,   p_b = exp(−ℓ_b), without gradient
 *
 * δ is 0 for the most frequent class and 1 for the rarest, so rare classes get wider features.
 * Use it with a cosine classifier, and draw new noise with `drawCloudNoise` for each batch.
 *
 * @param cosines - c, `[batch, C]`, in [−1, 1].
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @returns the batch loss, a scalar ≥ 0.
 * @throws {UsageError} if a class has no images.
 * @source code: GCL losses.py; Li et al., CVPR 2022
 * @example
 * const options = { classCounts: [100, 1], scale: 30, margin: 0, noiseScale: 0.5, noise: tf.tensor2d([[9, 1 / 3]]) };
 * gclLoss(tf.tensor2d([[0, 1 / 6]]), tf.tensor1d([1], "int32"), options).arraySync(); // → 0.6931…
 */
export function gclLoss(cosines: Tensor2D, labels: Tensor1D, options: GclOptions): Scalar {
  return gclLossOfLogits(tf.mul(cosines, options.scale), labels, options);
}
