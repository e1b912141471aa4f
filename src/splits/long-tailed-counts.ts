import { UsageError } from "../errors.ts";

/**
 * Long-tailed class counts that decay exponentially, most frequent class first.
 *
 *     n_c = floor(n_0 · (1 / r)^(c / (C − 1))),   c = 0 … C − 1
 *
 * @param maxCount - n_0, images in the most frequent class, a whole number of at least 1.
 * @param numClasses - C, at least 2.
 * @param imbalanceRatio - r = n_0 / n_(C−1) ≥ 1: largest over smallest, so 100, never 0.01.
 * @returns n, `[numClasses]`, whole images of at least 1, non-increasing.
 * @throws UsageError if an argument is out of range or the rarest class would be empty.
 * @source code: LDAM-DRW and H2T `imbalance_cifar.py`, in the same order of operations, so that rounding agrees.
 * @example longTailedCounts(500, 100, 100).at(-1); // → 5
 */
export function longTailedCounts(maxCount: number, numClasses: number, imbalanceRatio: number): number[] {
  if (!(imbalanceRatio >= 1 && Number.isFinite(imbalanceRatio))) {
    const isInverse = imbalanceRatio > 0 && imbalanceRatio < 1;
    throw new UsageError({
      rule: "imbalanceRatio is largest/smallest and must be at least 1",
      got: String(imbalanceRatio),
      remedy: isInverse ? `did you mean ${Math.round(1 / imbalanceRatio)}?` : "use 100, for example",
    });
  }
  requireWhole("maxCount", maxCount, 1);
  requireWhole("numClasses", numClasses, 2);
  const counts = Array.from({ length: numClasses }, (_, c) =>
    Math.floor(maxCount * (1 / imbalanceRatio) ** (c / (numClasses - 1))),
  );
  if (counts.at(-1) === 0) {
    throw new UsageError({
      rule: "imbalanceRatio must leave the rarest class an image",
      got: `${imbalanceRatio} with ${maxCount} images in the most frequent class`,
      remedy: `use a ratio below ${maxCount}`,
    });
  }
  return counts;
}

function requireWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new UsageError({
    rule: `${name} must be a whole number of at least ${least}`,
    got: String(value),
    remedy: "CIFAR-10 has 10 classes of 5000 images, CIFAR-100 has 100 of 500",
  });
}
