import type { Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { fillTestBatch } from "../data/batches/batch.ts";
import type { ImageSet } from "../data/image-set.ts";
import { compile } from "../engine/compile.ts";
import { classifierVariables, type Model, pooledSize } from "../models/model.ts";
import { type Breathe, breathing } from "./breathe.ts";
import { buildFeaturePass, imagesAPass, passFirst, passImages } from "./feature-pass.ts";
import { hasImages, type Sample } from "./sample.ts";

/** Computes features and logits of whole image sets with a model as it stands. */
export interface Predictor {
  /**
   * Pooled features.
   *
   * @param breathe - called between batches, about two a second; it may reject to stop.
   * @returns `[count · d]`, row-major, in the order of the set.
   */
  features(set: ImageSet, breathe?: Breathe): Promise<Float32Array>;
  /** The first of what `features` gives, computed by themselves; null of a set without images. */
  sample(set: ImageSet): Sample | null;
  /** @param features - as `features` returned them. @returns `[count · C]`, row-major. */
  logits(features: Float32Array): Float32Array;
  /** Frees the graphs; the model stays. */
  dispose(): void;
}

/** Where the batches of so many images begin and end; only speed and memory depend on their size. */
const batchesOf = (count: number): [number, number][] =>
  Array.from({ length: Math.ceil(count / imagesAPass) }, (_, i) => [
    i * imagesAPass,
    Math.min(count, (i + 1) * imagesAPass),
  ]);

/**
 * Prediction in inference mode: no augmentation, running statistics.
 *
 * @param imageShape - `[height, width, 3]`.
 * @example
 * const predictor = buildPredictor(model, [32, 32, 3]);
 * const logits = predictor.logits(await predictor.features(dataset.test));
 */
export function buildPredictor(model: Model, imageShape: readonly [number, number, 3]): Predictor {
  const { classifier, numClasses } = model;
  const featureSize = pooledSize(model);
  const pass = buildFeaturePass(model, imageShape, false);
  const classify = compile(({ features }) => ({ logits: classifier.logits(features as Tensor2D) }), {
    inputs: { features: { shape: [null, featureSize], dtype: "float32" } },
    variables: [...classifierVariables(classifier).values()],
  });

  const imagesOf = (set: ImageSet, from: number, to: number) => {
    const images = new Float32Array((to - from) * set.height * set.width * 3);
    fillTestBatch(
      images,
      set,
      Int32Array.from({ length: to - from }, (_, i) => from + i),
    );
    return images;
  };
  return {
    async features(set, breathe = breathing()) {
      const count = set.labels.length;
      const features = new Float32Array(count * featureSize);
      for (const [start, end] of batchesOf(count)) {
        const batch = passImages(pass, start, end, (from, to) => imagesOf(set, from, to));
        features.set(batch, start * featureSize);
        await breathe();
      }
      return features;
    },
    sample(set) {
      if (!hasImages(set)) return null;
      const imagesAt = (from: number, to: number) => imagesOf(set, from, to);
      return () => ({ features: passFirst(pass, set.labels.length, imagesAt) });
    },
    logits(features) {
      const count = features.length / featureSize;
      const logits = new Float32Array(count * numClasses);
      for (const [from, to] of batchesOf(count)) {
        const batch = features.subarray(from * featureSize, to * featureSize);
        logits.set(classify.run({ features: batch }).logits as Float32Array, from * numClasses);
      }
      return logits;
    },
    dispose() {
      pass.dispose();
      classify.dispose();
    },
  };
}
