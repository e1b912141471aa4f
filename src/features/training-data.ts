import type { ImageSet } from "../data/image-set.ts";

/** The images that a stage trains on. */
export interface TrainingData {
  readonly set: ImageSet;
  /** The chosen images of each class, as indices into `set`. */
  readonly classIndices: readonly Int32Array[];
}

/** Images of each class, n_1 … n_C. */
export const classSizes = ({ classIndices }: TrainingData): number[] =>
  classIndices.map(({ length }) => length);

/** Images of one epoch, N. */
export const trainingSize = (data: TrainingData): number =>
  classSizes(data).reduce((sum, size) => sum + size, 0);
