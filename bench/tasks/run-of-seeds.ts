import { mixupRepresentation } from "../../src/experiments/methods/cross-entropy.ts";
import { disposeModel } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { representationStep } from "../../src/training/representation-step.ts";
import { firstImages, generatedImages } from "./generated-images.ts";
import type { Task } from "./tasks.ts";

interface Settings {
  readonly seeds: number;
  /** Images that each seed is trained on, a multiple of the batch. */
  readonly images: number;
}

/** A short stage I for some seeds, one after another in one process, each with a new model and a newly traced step. */
export function runOfSeeds({ seeds, images }: Settings): Task {
  const data = firstImages(generatedImages(images), images);
  const { batchSize } = mixupRepresentation;
  const order = data.set.labels.map((_, i) => i);
  return () => {
    for (let seed = 0; seed < seeds; seed++) {
      const model = resnet32(10, { seed });
      const step = representationStep(model, mixupRepresentation, data, seed);
      const train = step.beginEpoch(0, order);
      for (let start = 0; start < images; start += batchSize) {
        train(
          Int32Array.from({ length: batchSize }, (_, i) => start + i),
          start,
          0.05,
        );
      }
      step.dispose();
      disposeModel(model);
    }
  };
}
