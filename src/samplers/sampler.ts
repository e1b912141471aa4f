import type { RandomStream } from "../random.ts";

/** Names of the sampling strategies; see `drawOrder`. */
export const samplerNames = ["instance", "class-balanced", "reversed", "class-aware"] as const;

/**
 * Sampling strategy.
 *
 * - `instance`: every image once per epoch, shuffled (paper Eq. 3, p = 1/N).
 * - `class-balanced`: a uniform class, then a uniform image of it, with replacement (paper Eq. 3, p = 1/(C·n)).
 * - `reversed`: a class with probability ∝ 1/n, then a uniform image of it, with replacement (paper section 4.4).
 * - `class-aware`: a cyclic shuffled class list, with four consecutive images of the class's own shuffled cycle per visit (code: MisLAS).
 */
export type SamplerName = (typeof samplerNames)[number];

/** Starts drawing from `[C]` non-empty lists of images; each call of the result returns the next image. */
export type Sampler = (classIndices: readonly ArrayLike<number>[], stream: RandomStream) => () => number;
