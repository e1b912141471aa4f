import type { ImageSet } from "../images/image-set.ts";
import { indicesByClass } from "../splits/indices-by-class.ts";
import { type LongTailedSplit, longTailedSplit } from "../splits/long-tailed-split.ts";
import type { TrainingData } from "../training/training-data.ts";

/** The images that a row trains on, and the split that chose them. */
export function trainingImages(
  set: ImageSet,
  imbalanceRatio: number,
): { readonly split: LongTailedSplit; readonly data: TrainingData } {
  const split = longTailedSplit(set.labels, set.numClasses, imbalanceRatio);
  const classIndices = indicesByClass(set.labels, set.numClasses).map((ofClass, c) =>
    Int32Array.from(split.positions[c] as Int32Array, (position) => ofClass[position] as number),
  );
  return { split, data: { set, classIndices } };
}
