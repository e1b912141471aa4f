import { indicesByClass } from "./indices-by-class.ts";
import { longTailedPositions } from "./long-tailed-positions.ts";

/**
 * Chooses the images of a long-tailed split, bit-identical to the published code.
 *
 * Each class's images are shuffled by NumPy's legacy generator, and the first n_c of class c are kept.
 * Use it with your own labels and counts; `longTailedSplit` computes the counts from an imbalance ratio.
 *
 * @param labels - `[n]`, class of each image, 0 … C − 1, in file order.
 * @param classCounts - n_c, `[C]`, images to keep per class, whole numbers ≥ 0.
 * @param seed - seed of NumPy's legacy generator, 0 … 2³² − 1; 0 is the published split.
 * @returns indices into `labels`, class after class, each class in drawing order.
 * @throws {FailureError} if a label is not a class or a class has fewer images than its count.
 * @throws {UsageError} if a count is not a whole number ≥ 0.
 * @source code: H2T `datasets/cifar100.py`, LDAM-DRW `imbalance_cifar.py` (`rand_number = 0`).
 * @example chooseLongTailed([0, 0, 1, 1], [2, 1]); // → Int32Array [1, 0, 2]
 */
export function chooseLongTailed(
  labels: ArrayLike<number>,
  classCounts: readonly number[],
  seed = 0,
): Int32Array {
  const classIndices = indicesByClass(labels, classCounts.length);
  const classSizes = classIndices.map((indices) => indices.length);
  return indicesOfPositions(classIndices, longTailedPositions(classSizes, classCounts, seed));
}

/** Converts positions within classes to indices into all images, class after class. */
export function indicesOfPositions(
  classIndices: readonly Int32Array[],
  positions: readonly Int32Array[],
): Int32Array {
  return Int32Array.from(
    classIndices.flatMap((indices, c) => Array.from(positions[c] ?? [], (p) => indices[p] as number)),
  );
}
