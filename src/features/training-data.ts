import type { ImageSet } from "../data/image-set.ts";

/** Training images of a stage. */
export interface TrainingData {
  readonly set: ImageSet;
  /** Training images per class, as indices into `set`. */
  readonly classIndices: readonly Int32Array[];
}

/** Counts the training images per class, n_1 … n_C. */
export const classSizes = ({ classIndices }: TrainingData): number[] =>
  classIndices.map(({ length }) => length);

/** Counts the images of one epoch, N. */
export const trainingSize = (data: TrainingData): number =>
  classSizes(data).reduce((sum, size) => sum + size, 0);
