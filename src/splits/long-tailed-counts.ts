import { UsageError } from "../errors.ts";

/**
 * Computes long-tailed class counts that decay exponentially, most frequent class first.
 *
 *     n_c = floor(n_0 · (1 / r)^(c / (C − 1))),   c = 0 … C − 1
 *
 * The order of operations follows the published code, so rounding agrees.
 * Use it wherever a function takes `classCounts`.
 *
 * @param maxCount - n_0, images in the most frequent class, a whole number ≥ 1.
 * @param numClasses - C, a whole number ≥ 2.
 * @param imbalanceRatio - r = n_0 / n_(C−1), largest over smallest, in [1, ∞): 100, not 0.01.
 * @returns n, `[numClasses]`, whole numbers ≥ 1, non-increasing.
 * @throws {UsageError} if an argument is out of range or the rarest class would be empty.
 * @source code: LDAM-DRW and H2T `imbalance_cifar.py`
 * @example longTailedCounts(500, 100, 100).at(-1); // → 5
 */
export function longTailedCounts(maxCount: number, numClasses: number, imbalanceRatio: number): number[] {
  if (!(imbalanceRatio >= 1 && Number.isFinite(imbalanceRatio))) {
    const isInverse = imbalanceRatio > 0 && imbalanceRatio < 1;
    throw new UsageError({
      code: "IMBALANCE_RATIO_OUT_OF_RANGE",
      problem: `expected imbalanceRatio (largest/smallest class) in [1, ∞), got ${imbalanceRatio}`,
      fix: isInverse ? `did you mean ${Math.round(1 / imbalanceRatio)}?` : "use 100, for example",
    });
  }
  requireWhole("MAX_COUNT_OUT_OF_RANGE", "maxCount", maxCount, 1);
  requireWhole("NUM_CLASSES_OUT_OF_RANGE", "numClasses", numClasses, 2);
  const counts = Array.from({ length: numClasses }, (_, c) =>
    Math.floor(maxCount * (1 / imbalanceRatio) ** (c / (numClasses - 1))),
  );
  if (counts.at(-1) === 0) {
    throw new UsageError({
      code: "RAREST_CLASS_EMPTY",
      problem: `imbalanceRatio ${imbalanceRatio} leaves the rarest class empty, because the most frequent class has ${maxCount} images`,
      fix: `use a ratio below ${maxCount}`,
    });
  }
  return counts;
}

function requireWhole(code: string, name: string, value: number, min: number): void {
  if (Number.isInteger(value) && value >= min) return;
  throw new UsageError({
    code,
    problem: `expected ${name} to be a whole number of at least ${min}, got ${value}`,
    fix: "use 10 classes of 5000 images (CIFAR-10) or 100 of 500 (CIFAR-100), for example",
  });
}
