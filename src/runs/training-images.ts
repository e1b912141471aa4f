import type { Dataset, ImageSet } from "../data/image-set.ts";
import type { TrainingData } from "../features/training-data.ts";
import { indicesByClass } from "../splits/indices-by-class.ts";
import { type LongTailedSplit, longTailedSplit } from "../splits/long-tailed-split.ts";
import { splitDigest } from "../splits/split-digest.ts";
import type { RunRecord } from "./record.ts";

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

/** What a record says about the images of its run. */
export const runData = (
  { digest, origin, test }: Pick<Dataset, "digest" | "origin" | "test">,
  split: LongTailedSplit,
): RunRecord["data"] => ({
  digest,
  origin,
  splitDigest: splitDigest(split.positions),
  classCounts: [...split.classCounts],
  trainImages: split.indices.length,
  testImages: test.labels.length,
});
