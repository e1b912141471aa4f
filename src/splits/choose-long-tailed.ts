import { indicesByClass } from "./indices-by-class.ts";
import { longTailedPositions } from "./long-tailed-positions.ts";

/**
 * The images that a long-tailed split keeps, bit-identical to the published code's choice.
 *
 * @param labels - `[n]`, class of each image, 0 … C − 1, in file order.
 * @param classCounts - `[C]`, images that each class keeps.
 * @param seed - of NumPy's legacy generator; 0 is the published split.
 * @returns indices into `labels`, class after class, each class in the order of drawing.
 * @throws FailureError if a label is not a class or a class has fewer images than its count.
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

/** Indices into all images of the images at `positions` within their classes, class after class. */
export function indicesOfPositions(
  classIndices: readonly Int32Array[],
  positions: readonly Int32Array[],
): Int32Array {
  return Int32Array.from(
    classIndices.flatMap((indices, c) => Array.from(positions[c] ?? [], (p) => indices[p] as number)),
  );
}
