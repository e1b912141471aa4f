import { UsageError } from "../errors.ts";
import { checkClassCounts } from "./class-counts.ts";

/** β of LDAM-DRW and of RIDE, by which they weigh classes in their last epochs. */
export const deferredBeta = 0.9999;

/**
 * Class weights of deferred re-weighting (DRW), by the effective number of images.
 *
 *     w_j ∝ (1 − β) / (1 − β^n_j),   Σ_j w_j = C
 *
 * @param classCounts - n, `[C]`.
 * @param beta - β in [0, 1); 0 weighs all alike, `deferredBeta` is LDAM-DRW's and RIDE's.
 * @returns w, `[C]`.
 * @throws {UsageError} if β is outside [0, 1) or a class has no images.
 * @source code: LDAM cifar_train.py; Cui et al., CVPR 2019
 * @example drwWeights([2, 1], 0.5); // → [0.8, 1.2000…]
 */
export function drwWeights(classCounts: readonly number[], beta: number): number[] {
  checkClassCounts(classCounts);
  if (!(beta >= 0 && beta < 1)) {
    throw new UsageError({
      rule: "β of the effective number of images lies in [0, 1)",
      got: String(beta),
      remedy: "use 0.9999, as LDAM-DRW does",
    });
  }
  const weights = classCounts.map((count) => (1 - beta) / (1 - beta ** count));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (weight * classCounts.length) / sum);
}
