import { fillTrainingBatch } from "../../src/data/batches/batch.ts";
import { randomStream } from "../../src/random.ts";
import { generatedImages } from "./generated-images.ts";
import type { Task } from "./tasks.ts";

/** Crop, flip and normalisation of one batch, without the step. */
export function imagePreparation({ batch }: { readonly batch: number }): Task {
  const set = generatedImages(batch);
  const indices = set.labels.map((_, i) => i);
  const augmentation = randomStream(0, "augmentation");
  const images = new Float32Array(batch * 32 * 32 * 3);
  return () => fillTrainingBatch(images, set, indices, augmentation);
}
