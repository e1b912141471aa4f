import type { ImageSet } from "../images/image-set.ts";

/** The images that a stage trains on. */
export interface TrainingData {
  readonly set: ImageSet;
  /** The chosen images of each class, as indices into `set`. */
  readonly classIndices: readonly Int32Array[];
}

/** Images of one epoch, N. */
export function trainingSize({ classIndices }: TrainingData): number {
  return classIndices.reduce((sum, indices) => sum + indices.length, 0);
}
