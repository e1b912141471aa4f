import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { withoutGradient } from "../engine/ops/without-gradient.ts";
import { tf } from "../engine/tensorflow.ts";
import { UsageError } from "../errors.ts";
import { checkClassCounts } from "./class-counts.ts";
import { deferredBeta, drwWeights } from "./drw-weights.ts";
import { type LdamOptions, ldamLossOfLogits } from "./ldam.ts";

/**
 * Computes the temperatures at which RIDE compares its experts after re-weighting, lower for rarer classes.
 *
 *     T_j = (C·π_j·f + 1 − f) / max_k (C·π_k·f + 1 − f),   π_j = n_j / Σ_k n_k
 *
 * @param classCounts - n, `[C]`, training images per class, > 0.
 * @param reweightFactor - f in [0, 1]; 0.05 on CIFAR.
 * @returns T, `[C]`, in (0, 1].
 * @throws {UsageError} if f is outside [0, 1] or a class has no images.
 * @source code: RIDE model/loss.py
 * @example diversityTemperatures([3, 1], 0.5); // → [1, 0.6]
 */
export function diversityTemperatures(classCounts: readonly number[], reweightFactor: number): number[] {
  checkClassCounts(classCounts);
  if (!(reweightFactor >= 0 && reweightFactor <= 1)) {
    throw new UsageError({
      code: "REWEIGHT_FACTOR_OUT_OF_RANGE",
      problem: `expected reweightFactor in [0, 1], got ${reweightFactor}`,
      fix: "use 0.05, as published for CIFAR",
    });
  }
  const mean = classCounts.reduce((sum, count) => sum + count, 0) / classCounts.length;
  const sizes = classCounts.map((count) => (count / mean) * reweightFactor + 1 - reweightFactor);
  const largest = Math.max(...sizes);
  return sizes.map((size) => size / largest);
}

/**
 * Computes the loss of RIDE, LDAM of every expert plus a reward for experts that differ from their mean.
 *
 *     L = Σ_e [ LDAM(z_e) + λ·T̄²·mean_b KL( softmax(z̄_b / T) ‖ softmax(z_eb / T) ) ]
 *
 * z̄ is the mean of the experts' logits, without gradient, and T̄ is the mean of T.
 *
 * @param expertLogits - z_e, `[batch, C]` each, multiplied by the scale of the cosine classifiers.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @param options.temperatures - T, `[C]`, in (0, 1].
 * @param options.diversityFactor - λ < 0; −0.45 on CIFAR, −0.2 elsewhere.
 * @returns the batch loss, a scalar; below 0 if the experts differ strongly.
 * @throws {UsageError} if a class has no images.
 * @source code: RIDE model/loss.py; Wang et al., ICLR 2021
 * @example
 * const options = { classCounts: [9, 1], maxMargin: 0, scale: 30, temperatures: tf.ones([2]), diversityFactor: -0.45 };
 * const z = tf.tensor2d([[0, 0]]);
 * rideLossAtTemperatures([z, z], tf.tensor1d([0], "int32"), options).arraySync(); // → 1.3862…
 */
export function rideLossAtTemperatures(
  expertLogits: readonly Tensor2D[],
  labels: Tensor1D,
  {
    temperatures,
    diversityFactor,
    ...ldam
  }: LdamOptions & { readonly temperatures: Tensor1D; readonly diversityFactor: number },
): Scalar {
  const softened = (logits: Tensor2D) => tf.logSoftmax(tf.div<Tensor2D>(logits, temperatures));
  // Dropping this gradient changes nothing: log softmax(z̄/T) − log softmax(z_e/T), summed over the experts, is constant.
  const logOfMean = withoutGradient(() => softened(tf.div(tf.addN([...expertLogits]), expertLogits.length)));
  const shareOfMean = tf.exp(logOfMean);
  const factor = tf.mul(tf.square(tf.mean(temperatures)), diversityFactor);
  const divergence = (logits: Tensor2D) =>
    tf.mean<Scalar>(tf.sum(tf.mul(shareOfMean, tf.sub(logOfMean, softened(logits))), 1));
  return tf.addN(
    expertLogits.flatMap((logits) => [
      ldamLossOfLogits(logits, labels, ldam),
      tf.mul<Scalar>(divergence(logits), factor),
    ]),
  );
}

/**
 * Computes the loss of RIDE before or after re-weighting starts.
 *
 *     L = Σ_e [ LDAM(z_e) + λ·T̄²·mean_b KL( softmax(z̄_b / T) ‖ softmax(z_eb / T) ) ]
 *
 * z̄ is the mean of the experts' logits, without gradient, and T̄ is the mean of T.
 * Use it with a classifier of the kind `perExpert`, without compilation.
 * A compiled step would bake in `reweight`, so a stage passes weights and temperatures as inputs instead.
 *
 * @param expertLogits - z_e, `[batch, C]` each, multiplied by the scale of the cosine classifiers.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @param options.classCounts - n, `[C]`, training images per class, > 0.
 * @param options.maxMargin - margin of the rarest class, as a cosine.
 * @param options.scale - s, factor of the cosines; 30 as published.
 * @param options.temperature - T of every class before re-weighting, > 0; 1 as published.
 * @param options.diversityFactor - λ < 0; −0.45 on CIFAR, −0.2 elsewhere.
 * @param options.reweight - if true, weights classes by `drwWeights` and lowers T for rare classes.
 * @param options.reweightFactor - f in [0, 1], strength of the temperature's dependence on n; 0.05 on CIFAR.
 * @returns the batch loss, a scalar; below 0 if the experts differ strongly.
 * @throws {UsageError} if f is outside [0, 1] or a class has no images.
 * @source code: RIDE model/loss.py; Wang et al., ICLR 2021
 * @example
 * const options = { classCounts: [9, 1], maxMargin: 0, scale: 30, temperature: 1, diversityFactor: -0.45 };
 * const z = tf.tensor2d([[0, 0]]);
 * rideLoss([z, z], tf.tensor1d([0], "int32"), { ...options, reweight: false, reweightFactor: 0.05 }).arraySync(); // → 1.3862…
 */
export function rideLoss(
  expertLogits: readonly Tensor2D[],
  labels: Tensor1D,
  {
    temperature,
    reweight,
    reweightFactor,
    ...options
  }: Omit<LdamOptions, "classWeights"> & {
    readonly temperature: number;
    readonly diversityFactor: number;
    readonly reweightFactor: number;
    readonly reweight: boolean;
  },
): Scalar {
  const { classCounts } = options;
  // With f = 0 every temperature is 1.
  const temperatures = diversityTemperatures(classCounts, reweight ? reweightFactor : 0);
  return rideLossAtTemperatures(expertLogits, labels, {
    ...options,
    temperatures: tf.tensor1d(temperatures.map((relative) => relative * temperature)),
    classWeights: reweight ? drwWeights(classCounts, deferredBeta) : undefined,
  });
}
