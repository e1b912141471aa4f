import { batchLabels } from "../data/batches/batch.ts";
import { type Model, pooledSize } from "../models/model.ts";
import { randomStream } from "../random.ts";
import type { ClassifierStage } from "../stages/stage.ts";
import { roundToHalf } from "../storage/safetensors/half-precision.ts";
import type { SafetensorsReader } from "../storage/safetensors/safetensors-reader.ts";
import type { SafetensorsWriter } from "../storage/safetensors/safetensors-writer.ts";
import { branchesOf, branchOrder } from "./branch.ts";
import type { YieldToEventLoop } from "./breathe.ts";
import type { CacheKey, FeatureCache } from "./feature-bank.ts";
import { buildFeaturePass, type FeaturePass, imagesPerPass, passFirst, passImages } from "./feature-pass.ts";
import { type ImageViews, imageViews } from "./image-views.ts";
import { hasImages } from "./sample.ts";
import type { StageFeatures } from "./stage-features.ts";
import type { TrainingData } from "./training-data.ts";

/** Opens the features of one fixed crop of every image; computes and stores them if they are missing. */
async function openView(
  cache: FeatureCache,
  view: number,
  options: ViewOptions,
  yieldToEventLoop: YieldToEventLoop,
): Promise<SafetensorsReader> {
  const { views, pass, featureSize, data, halfPrecision } = options;
  const key: CacheKey = { branch: "views", views: views.count, ...(halfPrecision && { halfPrecision }) };
  const part = `view-${String(view + 1).padStart(2, "0")}`;
  const labels = batchLabels(data.set, views.images);
  const count = labels.length;
  const pixels = (from: number, to: number) => {
    const positions = Array.from({ length: to - from }, (_, i) => from + i);
    return views.pixels(positions, Array(positions.length).fill(view));
  };
  const first = () => ({ features: passFirst(pass, count, pixels) });
  const { reader, release } = await cache.openOrLock(key, part, labels, hasImages(data.set) ? first : null);
  if (reader !== null) return reader;
  let writer: SafetensorsWriter | undefined;
  try {
    writer = cache.create(key, part, labels, { features: [count, featureSize] });
    for (let start = 0; start < count; start += imagesPerPass) {
      const features = passImages(pass, start, Math.min(count, start + imagesPerPass), pixels);
      writer.write("features", start * featureSize, features);
      await yieldToEventLoop();
    }
    writer.finish();
  } finally {
    writer?.abandon();
    release();
  }
  return openView(cache, view, options, yieldToEventLoop);
}

/** Crops and the backbone that computes their features. */
interface ViewOptions {
  readonly views: ImageViews;
  readonly pass: FeaturePass;
  readonly featureSize: number;
  readonly data: TrainingData;
  readonly halfPrecision: true | undefined;
}

/**
 * Builds the features of stage II for a fully frozen backbone and a few fixed crops per image.
 *
 * One pass over all crops serves all samplers and seeds, which only select the rows to read.
 *
 * @param viewCount - crops per image; each draw picks one uniformly.
 * @param cache - stores the features of all crops; null computes the features of each batch in its step.
 */
export function buildViewFeatures(
  model: Model,
  stage: ClassifierStage,
  viewCount: number,
  data: TrainingData,
  seed: number,
  cache: FeatureCache | null,
): StageFeatures {
  const featureSize = pooledSize(model);
  const { height, width } = data.set;
  const views = imageViews(data, viewCount);
  const pass = buildFeaturePass(model, [height, width, 3], false);
  const halfPrecision = stage.shiftBatchNorm ? undefined : stage.halfPrecision;
  const options = { views, pass, featureSize, data, halfPrecision };
  const stored: Float32Array[] = [];

  const rows = (positions: readonly number[], chosen: readonly number[]): Float32Array => {
    if (stored.length === 0) {
      const computed = pass.run([views.pixels(positions, chosen)])[0]?.features ?? new Float32Array();
      return halfPrecision ? roundToHalf(computed) : computed;
    }
    const features = new Float32Array(positions.length * featureSize);
    positions.forEach((position, i) => {
      const view = stored[chosen[i] as number] as Float32Array;
      features.set(view.subarray(position * featureSize, (position + 1) * featureSize), i * featureSize);
    });
    return features;
  };

  return {
    async prepare(yieldToEventLoop) {
      if (cache === null) return;
      for (let view = 0; view < viewCount; view++) {
        const reader = await openView(cache, view, options, yieldToEventLoop);
        // Read completely, because draws access it in random order; 3 MB per crop on CIFAR-LT.
        stored.push(reader.readAll("features"));
        reader.close();
      }
    },
    async beginEpoch(epoch, order) {
      const draws = branchesOf(stage).map((branch) => {
        const images = branchOrder(branch, data, order, seed, epoch);
        const stream = randomStream(seed, branch.augmentation, 2, epoch);
        return { images, chosen: Array.from(images, () => stream.integer(viewCount)) };
      });
      return (start) =>
        draws.map(({ images, chosen }) => {
          const end = Math.min(start + stage.batchSize, images.length);
          const positions = Array.from(images.subarray(start, end), views.positionOf);
          return { features: rows(positions, chosen.slice(start, end)), update: null };
        });
    },
    endEpoch() {},
    dispose() {
      stored.length = 0;
      pass.dispose();
    },
  };
}
