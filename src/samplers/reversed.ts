import type { Sampler } from "./sampler.ts";

/**
 * Draws class c with probability (1/n_c) / Σ_k 1/n_k, then one of its images uniformly.
 *
 * @source paper section 4.4; code: BBN, H2T
 */
export const reversed: Sampler = (classIndices, stream) => {
  let total = 0;
  const upTo = classIndices.map((images) => {
    total += 1 / images.length;
    return total;
  });
  return () => {
    const images = classIndices[firstAbove(upTo, stream.uniform() * total)] as ArrayLike<number>;
    return images[stream.integer(images.length)] as number;
  };
};

/** Index of the first of the ascending `bounds` above `value`; the last index if rounding leaves none. */
function firstAbove(bounds: readonly number[], value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
