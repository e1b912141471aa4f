import type { RandomStream } from "../random.ts";

/** How images are drawn; see `drawOrder`. */
export const samplerNames = ["instance", "class-balanced", "reversed", "class-aware"] as const;

/**
 * - `instance`: every image once an epoch, shuffled (paper Eq. 3, p = 1/N).
 * - `class-balanced`: class uniform, then image uniform in the class, with replacement (paper Eq. 3, p = 1/(C·n)).
 * - `reversed`: class with probability ∝ 1/n, then image uniform in the class, with replacement (paper section 4.4).
 * - `class-aware`: cyclic shuffled class list; a visit yields four consecutive images of the class's own shuffled cycle (code: MisLAS).
 */
export type SamplerName = (typeof samplerNames)[number];

/** Begins to draw from the images of each class, `[C]` non-empty lists; each call of the result gives the next image. */
export type Sampler = (classIndices: readonly ArrayLike<number>[], stream: RandomStream) => () => number;
