import { indicesOfPositions } from "./choose-long-tailed.ts";
import { indicesByClass } from "./indices-by-class.ts";
import { longTailedCounts } from "./long-tailed-counts.ts";
import { longTailedPositions } from "./long-tailed-positions.ts";

/** Which training images a run sees. */
export interface LongTailedSplit {
  /** `[C]`, images kept of each class, most frequent class first. */
  readonly classCounts: readonly number[];
  /** The kept images as indices into all images, class after class. */
  readonly indices: Int32Array;
  /** `[C]` lists: the kept images as positions within their class, in the order of drawing. */
  readonly positions: readonly Int32Array[];
}

/**
 * The long-tailed split of a data set at one imbalance ratio, with the published choice of images.
 *
 * @param labels - `[n]`, class of each image, 0 … C − 1, in file order.
 * @param numClasses - C, at least 2.
 * @param imbalanceRatio - largest over smallest class count, at least 1.
 * @returns counts, indices and positions; the largest count is n / C, rounded down.
 * @throws UsageError if the ratio is out of range; FailureError if a class has fewer images than its count.
 * @source code: H2T `datasets/cifar100.py`.
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
