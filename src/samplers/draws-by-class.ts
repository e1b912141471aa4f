import { randomStream } from "../random.ts";
import { drawOrder } from "./draw-order.ts";
import type { SamplerName } from "./sampler.ts";

/** Draws of one epoch, per class. */
export interface ClassDraws {
  /** `[C]`, number of draws, repetitions included. */
  readonly drawn: readonly number[];
  /** `[C]`, mean number of draws per image of the class. */
  readonly timesEach: readonly number[];
}

/**
 * Counts what a sampler draws from each class in one epoch of N = Σ_c n_c draws.
 *
 *     timesEach_c = drawn_c / n_c
 *
 * Use it to compare samplers on a long-tailed data set without training.
 *
 * @param sampler - sampling strategy.
 * @param classCounts - n, `[C]`, images per class, whole numbers ≥ 1.
 * @param seed - seed of the draws, a whole number; the first epoch is drawn.
 * @returns draws per class and draws per image.
 * @throws {UsageError} if a class is empty.
 * @source paper Eq. 3 and section 4.4
 * @example drawsByClass("instance", [3, 1]).drawn; // → [3, 1]
 */
export function drawsByClass(sampler: SamplerName, classCounts: readonly number[], seed = 0): ClassDraws {
  const classOf = classCounts.flatMap((count, c) => Array.from({ length: count }, () => c));
  const images = classCounts.map(() => [] as number[]);
  for (const [image, c] of classOf.entries()) images[c]?.push(image);
  const order = drawOrder(sampler, images, classOf.length, randomStream(seed, "order", 1));
  const drawn = classCounts.map(() => 0);
  for (const image of order) {
    const c = classOf[image] as number;
    drawn[c] = (drawn[c] as number) + 1;
  }
  return { drawn, timesEach: drawn.map((count, c) => count / (classCounts[c] as number)) };
}
