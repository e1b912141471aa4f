import { indicesOfPositions } from "./choose-long-tailed.ts";
import { indicesByClass } from "./indices-by-class.ts";
import { longTailedCounts } from "./long-tailed-counts.ts";
import { longTailedPositions } from "./long-tailed-positions.ts";

/** Training images of a run. */
export interface LongTailedSplit {
  /** `[C]`, images kept per class, most frequent class first. */
  readonly classCounts: readonly number[];
  /** The kept images as indices into all images, class after class. */
  readonly indices: Int32Array;
  /** `[C]` lists of the kept images' positions within their class, in drawing order. */
  readonly positions: readonly Int32Array[];
}

/**
 * Splits a data set at one imbalance ratio, with the published choice of images.
 *
 *     n_c = floor(⌊n / C⌋ · (1 / r)^(c / (C − 1))),   c = 0 … C − 1
 *
 * Use it to build a long-tailed training set from balanced labels.
 *
 * @param labels - `[n]`, class of each image, 0 … C − 1, in file order.
 * @param numClasses - C, a whole number ≥ 2.
 * @param imbalanceRatio - r, largest over smallest class count, in [1, ∞).
 * @returns counts, indices and positions.
 * @throws {UsageError} if an argument is out of range or the rarest class would be empty.
 * @throws {FailureError} if a label is not a class or a class has fewer images than its count.
 * @source code: H2T `datasets/cifar100.py`
 * @example longTailedSplit([0, 0, 1, 1, 0, 1], 2, 3).classCounts; // → [3, 1]
 */
export function longTailedSplit(
  labels: ArrayLike<number>,
  numClasses: number,
  imbalanceRatio: number,
): LongTailedSplit {
  const classCounts = longTailedCounts(Math.floor(labels.length / numClasses), numClasses, imbalanceRatio);
  const classIndices = indicesByClass(labels, numClasses);
  const positions = longTailedPositions(
    classIndices.map((indices) => indices.length),
    classCounts,
  );
  return { classCounts, indices: indicesOfPositions(classIndices, positions), positions };
}
