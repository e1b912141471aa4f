import type { ImageSet } from "../../src/data/image-set.ts";
import { mixupRepresentation } from "../../src/experiments/methods/cross-entropy.ts";
import { buildPredictor } from "../../src/features/predict.ts";
import { trainingSize } from "../../src/features/training-data.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { randomStream } from "../../src/random.ts";
import { drawOrder } from "../../src/samplers/draw-order.ts";
import { representationStep } from "../../src/training/representation-step.ts";
import { firstImages, generatedImages } from "./generated-images.ts";
import type { Task } from "./tasks.ts";

interface Settings {
  /** Images that an epoch trains on, the first of the set. */
  readonly images: number;
  readonly classes: number;
  /** Images that are in memory. */
  readonly setSize: number;
  /** Images that are evaluated after each epoch. */
  readonly testImages: number;
}

/** An epoch of stage I, mixup included, and its evaluation: each call is the next epoch. */
export function stageOneEpoch({ images, classes, setSize, testImages }: Settings): Task {
  const model = resnet32(classes);
  const data = firstImages(generatedImages(setSize, classes), images);
  const test: ImageSet | null = testImages === 0 ? null : generatedImages(testImages, classes);
  const predictor = buildPredictor(model, [32, 32, 3]);
  const step = representationStep(model, mixupRepresentation, data, 0);
  const { batchSize } = mixupRepresentation;
  let epoch = 0;
  return async () => {
    const order = drawOrder(
      "instance",
      data.classIndices,
      trainingSize(data),
      randomStream(0, "order", epoch),
    );
    const train = step.beginEpoch(epoch++, order);
    for (let start = 0; start < order.length; start += batchSize) {
      train(order.subarray(start, start + batchSize), start, 0.05);
    }
    step.endEpoch();
    if (test !== null) predictor.logits(await predictor.features(test));
  };
}
