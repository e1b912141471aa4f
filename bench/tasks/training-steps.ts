import { plainRepresentation } from "../../src/experiments/methods/cross-entropy.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { randomStream } from "../../src/random.ts";
import { drawOrder } from "../../src/samplers/draw-order.ts";
import { representationStep } from "../../src/training/representation-step.ts";
import { firstImages, generatedImages } from "./generated-images.ts";
import type { Task } from "./tasks.ts";

const imagesAnEpoch = 12_800;

/** Steps of stage I as training runs them: drawn, cropped, flipped and normalised images, then the compiled step. */
export function trainingSteps({ batch, steps }: { readonly batch: number; readonly steps: number }): Task {
  const data = firstImages(generatedImages(imagesAnEpoch), imagesAnEpoch);
  const step = representationStep(resnet32(10), plainRepresentation, data, 0);
  const order = drawOrder("instance", data.classIndices, imagesAnEpoch, randomStream(0, "order"));
  const train = step.beginEpoch(0, order);
  let start = 0;
  return () => {
    for (let i = 0; i < steps; i++) {
      if (start + batch > order.length) start = 0;
      train(order.subarray(start, start + batch), start, 0.05);
      start += batch;
    }
  };
}
