import type { Sampler } from "./sampler.ts";

/** Draws a class uniformly, then one of its images uniformly: p = 1/(C·n) (paper Eq. 3). */
export const classBalanced: Sampler = (classIndices, stream) => () => {
  const images = classIndices[stream.integer(classIndices.length)] as ArrayLike<number>;
  return images[stream.integer(images.length)] as number;
};
