import { batchLabels, fillTrainingBatch } from "../data/batches/batch.ts";
import { randomStream } from "../random.ts";
import { drawOrder } from "../samplers/draw-order.ts";
import type { SamplerName } from "../samplers/sampler.ts";
import type { MixingContext } from "./mixing.ts";

/** The inputs that a second batch fills. */
export const secondBatchInputs = (height: number, width: number) =>
  ({
    secondImages: { shape: [null, height, width, 3], dtype: "float32" },
    secondLabels: { shape: [null], dtype: "int32" },
  }) as const;

/**
 * Draws a second batch beside each batch of an epoch of stage I, from random streams of its own.
 *
 * @param sampler - draws its images.
 * @param epoch - epochs finished before this one.
 * @param length - images of the epoch.
 * @returns images and labels of the batch that begins at a place of the epoch; batches come in their order.
 */
export function drawSecondBatches(
  { set, classIndices, seed }: MixingContext,
  sampler: SamplerName,
  epoch: number,
  length: number,
) {
  const order = drawOrder(sampler, classIndices, length, randomStream(seed, "second-order", 1, epoch));
  const augmentation = randomStream(seed, "second-augmentation", 1, epoch);
  return (start: number, count: number) => {
    const indices = order.subarray(start, start + count);
    const secondImages = new Float32Array(count * set.height * set.width * 3);
    fillTrainingBatch(secondImages, set, indices, augmentation);
    return { secondImages, secondLabels: batchLabels(set, indices) };
  };
}
