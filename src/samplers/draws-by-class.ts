import { randomStream } from "../random.ts";
import { drawOrder } from "./draw-order.ts";
import type { SamplerName } from "./sampler.ts";

/** What one epoch draws of each class. */
export interface ClassDraws {
  /** `[C]`, images drawn, with repetition. */
  readonly drawn: readonly number[];
  /** `[C]`, how often an image of the class is drawn, on average. */
  readonly timesEach: readonly number[];
}

/**
 * What a sampler draws of each class in one epoch, which is as many draws as there are images.
 *
 * @param classCounts - `[C]`, images of each class, at least 1.
 * @param seed - of the draws; the epoch is the first.
 * @throws UsageError if a class is empty.
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
