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
 * The images of one epoch, in the order in which training sees them.
 *
 * Every epoch begins anew: the cycles of `instance` and `class-aware` are shuffled at its start, so that it depends on `stream` alone.
 *
 * @param sampler - how images are drawn.
 * @param classIndices - `[C]`, the images of each class; no class may be empty.
 * @param length - images to draw; the number of images makes `instance` one pass over all.
 * @param stream - the epoch's random numbers.
 * @returns `[length]`, entries of `classIndices`.
 * @throws UsageError if a class is empty or `length` is not a whole number.
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
      rule: "length must be a whole number of images, at least 0",
      got: String(length),
      remedy: "use the number of training images",
    });
  }
  const empty = classIndices.findIndex((images) => images.length === 0);
  if (empty >= 0 || classIndices.length === 0) {
    throw new UsageError({
      rule: "every class needs an image to draw from",
      got: empty >= 0 ? `class ${empty} without any` : "no classes",
      remedy: "leave empty classes out, or use a smaller imbalance ratio",
    });
  }
  const next = samplers[sampler](classIndices, stream);
  return Int32Array.from({ length }, next);
}
