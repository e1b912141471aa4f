import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { checkClassCounts } from "./class-counts.ts";
import { crossEntropyLoss } from "./cross-entropy.ts";
import { subtractMargins } from "./subtract-margins.ts";

/** Options of LDAM. */
export interface LdamOptions {
  /** n, `[C]`, training images per class, > 0. */
  readonly classCounts: readonly number[];
  /** Margin of the rarest class as a cosine; 0.5 as published. */
  readonly maxMargin: number;
  /** s, factor of the cosines; 30 as published. */
  readonly scale: number;
  /** w, `[C]`, > 0, such as `drwWeights` in the last epochs; all 1 by default. */
  readonly classWeights?: readonly number[] | Tensor1D | undefined;
}

/**
 * Computes the margins of LDAM, which are wider for rarer classes.
 *
 *     Δ_j = maxMargin · (n_min / n_j)^¼
 *
 * @param classCounts - n, `[C]`, training images per class, > 0.
 * @param maxMargin - margin of the rarest class, as a cosine.
 * @returns Δ, `[C]`, in (0, maxMargin].
 * @throws {UsageError} if a class has no images.
 * @source code: LDAM losses.py
 * @example ldamMargins([16, 1], 0.5); // → [0.25, 0.5]
 */
export function ldamMargins(classCounts: readonly number[], maxMargin: number): number[] {
  checkClassCounts(classCounts);
  const rarest = Math.min(...classCounts);
  return classCounts.map((count) => maxMargin * (rarest / count) ** 0.25);
}

/**
 * Computes LDAM from logits of a cosine classifier that already include the scale: `ldamLoss` with z = s·c.
 *
 * @param logits - z, `[batch, C]`.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @returns the batch loss, a scalar ≥ 0.
 * @throws {UsageError} if a class has no images.
 * @source code: H2T loss.py, RIDE model/loss.py (the margin times s)
 * @example
 * const options = { classCounts: [16, 1], maxMargin: 0.5, scale: 30 };
 * ldamLossOfLogits(tf.tensor2d([[7.5, 0]]), tf.tensor1d([0], "int32"), options).arraySync(); // → 0.6931…
 */
export function ldamLossOfLogits(
  logits: Tensor2D,
  labels: Tensor1D,
  { classCounts, maxMargin, scale, classWeights }: LdamOptions,
): Scalar {
  const margins = ldamMargins(classCounts, maxMargin * scale);
  return crossEntropyLoss(subtractMargins(logits, labels, margins), labels, { classWeights });
}

/**
 * Computes the label-distribution-aware margin loss (LDAM), a cross-entropy that demands wider margins of rarer classes.
 *
 *     L = Σ_b w_{y_b} ℓ_b / Σ_b w_{y_b},   ℓ_b = −log softmax(s·(c_b − Δ ⊙ onehot(y_b)))_{y_b}
 *     Δ_j = maxMargin · (n_min / n_j)^¼
 *
 * Use it with a cosine classifier, and with `drwWeights` in the last epochs for LDAM-DRW.
 *
 * @param cosines - c, `[batch, C]`, in [−1, 1].
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @returns the batch loss, a scalar ≥ 0.
 * @throws {UsageError} if a class has no images.
 * @source code: LDAM losses.py; Cao et al., NeurIPS 2019
 * @example
 * const options = { classCounts: [16, 1], maxMargin: 0.5, scale: 30 };
 * ldamLoss(tf.tensor2d([[0.25, 0]]), tf.tensor1d([0], "int32"), options).arraySync(); // → 0.6931…
 */
export function ldamLoss(cosines: Tensor2D, labels: Tensor1D, options: LdamOptions): Scalar {
  return ldamLossOfLogits(tf.mul(cosines, options.scale), labels, options);
}
