import { UsageError } from "../errors.ts";
import { checkClassCounts } from "./class-counts.ts";

/** β of LDAM-DRW and RIDE, used to weight classes in their last epochs. */
export const deferredBeta = 0.9999;

/**
 * Computes the class weights of deferred re-weighting (DRW) from the effective number of images.
 *
 *     w_j ∝ (1 − β) / (1 − β^n_j),   Σ_j w_j = C
 *
 * Use it for `classWeights` in the last epochs of a stage, after the features have been learned.
 *
 * @param classCounts - n, `[C]`, training images per class, > 0.
 * @param beta - β in [0, 1); 0 weights all classes equally, 0.9999 is LDAM-DRW's and RIDE's value.
 * @returns w, `[C]`, > 0, with mean 1.
 * @throws {UsageError} if β is outside [0, 1) or a class has no images.
 * @source code: LDAM cifar_train.py; Cui et al., CVPR 2019
 * @example drwWeights([2, 1], 0.5); // → [0.8, 1.2000…]
 */
export function drwWeights(classCounts: readonly number[], beta: number): number[] {
  checkClassCounts(classCounts);
  if (!(beta >= 0 && beta < 1)) {
    throw new UsageError({
      code: "BETA_OUT_OF_RANGE",
      problem: `expected beta in [0, 1), got ${beta}`,
      fix: "use 0.9999, as in LDAM-DRW",
    });
  }
  const weights = classCounts.map((count) => (1 - beta) / (1 - beta ** count));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (weight * classCounts.length) / sum);
}
