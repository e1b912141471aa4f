import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { compile } from "../engine/compile.ts";
import { fillTestBatch } from "../images/batch.ts";
import type { ImageSet } from "../images/image-set.ts";
import { type Model, modelVariables, pool } from "../models/model.ts";

/** Images a batch; only speed depends on it. */
const batchSize = 500;

/** Computes logits of whole image sets with a model as it stands. */
export interface Predictor {
  /** @returns `[count · C]`, row-major, in the order of the set. */
  logits(set: ImageSet): Float32Array;
  /** Frees the graphs; the model stays. */
  dispose(): void;
}

/**
 * Prediction in inference mode: no augmentation, running statistics.
 *
 * @example const logits = buildPredictor(model).logits(dataset.test);
 */
export function buildPredictor(model: Model): Predictor {
  const { backbone, classifier, numClasses } = model;
  const step = compile(
    ({ images }) => ({
      logits: classifier.logits(pool(backbone.featureMap(images as Tensor4D, "inference"))),
    }),
    {
      inputs: { images: { shape: [null, 32, 32, 3], dtype: "float32" } },
      variables: [...modelVariables(model).values()],
    },
  );
  return {
    logits(set) {
      const count = set.labels.length;
      const logits = new Float32Array(count * numClasses);
      for (let start = 0; start < count; start += batchSize) {
        const indices = Int32Array.from({ length: Math.min(batchSize, count - start) }, (_, i) => start + i);
        const images = new Float32Array(indices.length * set.height * set.width * 3);
        fillTestBatch(images, set, indices);
        logits.set(step.run({ images }).logits as Float32Array, start * numClasses);
      }
      return logits;
    },
    dispose: () => step.dispose(),
  };
}
