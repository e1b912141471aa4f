import { FailureError, UsageError } from "../errors.ts";
import { numpyShuffle } from "./numpy-shuffle.ts";

/**
 * Chooses the images of a long-tailed split as positions within each class.
 *
 * One random stream serves the classes 0, 1, … in turn. It shuffles each class's positions 0 … size − 1, and the first n_c are kept.
 * Use it to write or check a split manifest without any images.
 *
 * @param classSizes - `[C]`, available images per class.
 * @param classCounts - n_c, `[C]`, images to keep per class, whole numbers in [0, size].
 * @param seed - seed of NumPy's legacy generator, 0 … 2³² − 1; 0 is the published split.
 * @returns `[C]` lists of n_c positions, in drawing order.
 * @throws {UsageError} if the lists differ in length or a count is not a whole number ≥ 0.
 * @throws {FailureError} if a class has fewer images than its count.
 * @source code: H2T `datasets/cifar100.py`, LDAM-DRW `imbalance_cifar.py` (`rand_number = 0`)
 * @example longTailedPositions([5000, 5000], [5000, 50])[0]?.slice(0, 3); // → 398, 3833, 4836
 */
export function longTailedPositions(
  classSizes: readonly number[],
  classCounts: readonly number[],
  seed = 0,
): Int32Array[] {
  if (classSizes.length !== classCounts.length) {
    throw new UsageError({
      code: "COUNTS_MISMATCH",
      problem: `expected ${classSizes.length} counts, one per class, got ${classCounts.length}`,
      fix: "compute the counts with longTailedCounts(maxCount, numClasses, imbalanceRatio)",
    });
  }
  const shuffle = numpyShuffle(seed);
  return classSizes.map((size, c) => {
    const count = classCounts[c] as number;
    requireCount(c, size, count);
    const positions = Int32Array.from({ length: size }, (_, i) => i);
    shuffle(positions);
    return positions.slice(0, count);
  });
}

function requireCount(c: number, size: number, count: number): void {
  if (!(Number.isInteger(count) && count >= 0)) {
    throw new UsageError({
      code: "CLASS_COUNT_OUT_OF_RANGE",
      problem: `expected the count of class ${c} to be a whole number of at least 0, got ${count}`,
      fix: "compute the counts with longTailedCounts(maxCount, numClasses, imbalanceRatio)",
    });
  }
  if (count > size) {
    throw new FailureError({
      code: "TOO_FEW_IMAGES",
      problem: `the split needs ${count} images of class ${c}, which has ${size}`,
      fix: "complete the data set, or lower the largest count",
    });
  }
}
