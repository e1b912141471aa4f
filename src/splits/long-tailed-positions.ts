import { FailureError, UsageError } from "../errors.ts";
import { numpyShuffle } from "./numpy-shuffle.ts";

/**
 * Which images of each class a long-tailed split keeps, as positions within the class; no images are needed.
 *
 * One random stream runs through the classes 0, 1, …: each class's positions 0 … size − 1 are shuffled and the first n_c kept.
 *
 * @param classSizes - `[C]`, images that each class has.
 * @param classCounts - `[C]`, n_c, images that each class keeps, 0 … its size.
 * @param seed - of NumPy's legacy generator; 0 is the published split.
 * @returns `[C]` lists of n_c positions, in the order of drawing.
 * @throws UsageError if the lists differ in length or a count is not a whole number; FailureError if a class is too small.
 * @source code: H2T `datasets/cifar100.py`, LDAM-DRW `imbalance_cifar.py` (`rand_number = 0`).
 * @example longTailedPositions([5000, 5000], [5000, 50])[0]?.slice(0, 3); // → 398, 3833, 4836
 */
export function longTailedPositions(
  classSizes: readonly number[],
  classCounts: readonly number[],
  seed = 0,
): Int32Array[] {
  if (classSizes.length !== classCounts.length) {
    throw new UsageError({
      rule: "every class needs one count",
      got: `${classCounts.length} counts for ${classSizes.length} classes`,
      remedy: "make the counts with longTailedCounts(maxCount, numClasses, imbalanceRatio)",
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
      rule: "a class count must be a whole number of at least 0",
      got: `${count} for class ${c}`,
      remedy: "make the counts with longTailedCounts(maxCount, numClasses, imbalanceRatio)",
    });
  }
  if (count > size) {
    throw new FailureError({
      rule: `class ${c} must have at least the ${count} images that the split keeps`,
      got: String(size),
      remedy: "complete the data set, or lower the largest count",
    });
  }
}
