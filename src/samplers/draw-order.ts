import { UsageError } from "../errors.ts";
import type { RandomStream } from "../random.ts";
import { classAware } from "./class-aware.ts";
import { classBalanced } from "./class-balanced.ts";
import { instance } from "./instance.ts";
import { reversed } from "./reversed.ts";
import type { Sampler, SamplerName } from "./sampler.ts";

const samplers = {
  instance,
  "class-balanced": classBalanced,
  reversed,
  "class-aware": classAware,
} satisfies Record<SamplerName, Sampler>;

/**
 * Draws the images of one epoch in training order.
 *
 * With n_c images in class c, N in total and C classes, an image of class c is drawn with probability
 *
 *     p = 1 / N (instance),   p = 1 / (C·n_c) (class-balanced),   p = (1 / n_c) / (n_c · Σ_k 1 / n_k) (reversed)
 *
 * `class-aware` visits the classes in a shuffled cycle and draws four images per visit.
 * The cycles of `instance` and `class-aware` are reshuffled at the start of each epoch, so an epoch depends only on `stream`.
 * Use it to see or reproduce what training draws; `drawsByClass` summarises it per class.
 *
 * @param sampler - sampling strategy.
 * @param classIndices - `[C]`, the images of each class; no class may be empty.
 * @param length - number of images to draw, a whole number ≥ 0; N makes `instance` exactly one pass.
 * @param stream - random numbers of the epoch.
 * @returns `[length]`, entries of `classIndices`.
 * @throws {UsageError} if there is no class, a class is empty or `length` is not a whole number ≥ 0.
 * @source paper Eq. 3 and section 4.4; code: MisLAS `datasets/sampler.py` (`class-aware`).
 * @example drawOrder("class-balanced", [[0, 1, 2], [3]], 4, randomStream(0, "order", 1)).length; // → 4
 */
export function drawOrder(
  sampler: SamplerName,
  classIndices: readonly ArrayLike<number>[],
  length: number,
  stream: RandomStream,
): Int32Array {
  if (!(Number.isInteger(length) && length >= 0)) {
    throw new UsageError({
      code: "LENGTH_OUT_OF_RANGE",
      problem: `expected length to be a whole number of at least 0, got ${length}`,
      fix: "use the number of training images",
    });
  }
  const empty = classIndices.findIndex((images) => images.length === 0);
  if (empty >= 0 || classIndices.length === 0) {
    throw new UsageError({
      code: "CLASS_WITHOUT_IMAGES",
      problem: empty >= 0 ? `class ${empty} has no images to draw from` : "there are no classes to draw from",
      fix: "leave empty classes out, or use a smaller imbalance ratio",
    });
  }
  const next = samplers[sampler](classIndices, stream);
  return Int32Array.from({ length }, next);
}
