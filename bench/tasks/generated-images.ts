import { fillTestBatch } from "../../src/data/batches/batch.ts";
import type { ImageSet } from "../../src/data/image-set.ts";
import type { TrainingData } from "../../src/features/training-data.ts";

/** 32 × 32 images of noise, class after class in turn: the time of a step does not depend on what they show. */
export function generatedImages(count: number, numClasses = 10): ImageSet {
  const pixels = new Uint8Array(count * 32 * 32 * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.imul(i, 2_654_435_761) >>> 24;
  const labels = Int32Array.from({ length: count }, (_, i) => i % numClasses);
  return { pixels, labels, height: 32, width: 32, numClasses };
}

/** The first `count` images of a set, to be trained on. */
export function firstImages(set: ImageSet, count: number): TrainingData {
  const { numClasses } = set;
  const classIndices = Array.from({ length: numClasses }, (_, label) =>
    Int32Array.from({ length: Math.ceil((count - label) / numClasses) }, (_, i) => label + i * numClasses),
  );
  return { set, classIndices };
}

/** One batch of images and labels, normalised once. */
export function constantBatch(batch: number): { readonly images: Float32Array; readonly labels: Int32Array } {
  const set = generatedImages(batch);
  const images = new Float32Array(batch * 32 * 32 * 3);
  fillTestBatch(
    images,
    set,
    set.labels.map((_, i) => i),
  );
  return { images, labels: set.labels };
}
