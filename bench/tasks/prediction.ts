import { buildPredictor } from "../../src/features/predict.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { generatedImages } from "./generated-images.ts";
import type { Task } from "./tasks.ts";

/** Logits of images as every evaluation computes them, normalisation included. */
export function prediction({ images }: { readonly images: number }): Task {
  const predictor = buildPredictor(resnet32(10), [32, 32, 3]);
  const set = generatedImages(images);
  return async () => {
    predictor.logits(await predictor.features(set));
  };
}
