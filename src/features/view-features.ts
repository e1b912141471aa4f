import { batchLabels } from "../data/batches/batch.ts";
import { type Model, pooledSize } from "../models/model.ts";
import { randomStream } from "../random.ts";
import type { ClassifierStage } from "../stages/stage.ts";
import { roundToHalf } from "../storage/safetensors/half-precision.ts";
import type { SafetensorsReader } from "../storage/safetensors/safetensors-reader.ts";
import type { SafetensorsWriter } from "../storage/safetensors/safetensors-writer.ts";
import { branchesOf, branchOrder } from "./branch.ts";
import type { Breathe } from "./breathe.ts";
import type { BankKey, FeatureBank } from "./feature-bank.ts";
import { buildFeaturePass, type FeaturePass, imagesAPass, passFirst, passImages } from "./feature-pass.ts";
import { type ImageViews, imageViews } from "./image-views.ts";
import { hasImages } from "./sample.ts";
import type { StageFeatures } from "./stage-features.ts";
import type { TrainingData } from "./training-data.ts";

/** Keeps the features of one view of every image, unless they are there. */
async function openView(
  bank: FeatureBank,
  view: number,
  passing: Passing,
  breathe: Breathe,
): Promise<SafetensorsReader> {
  const { views, pass, featureSize, data, halfPrecision } = passing;
  const key: BankKey = { branch: "views", views: views.count, ...(halfPrecision && { halfPrecision }) };
  const part = `view-${String(view + 1).padStart(2, "0")}`;
  const labels = batchLabels(data.set, views.images);
  const count = labels.length;
  const pixels = (from: number, to: number) => {
    const places = Array.from({ length: to - from }, (_, i) => from + i);
    return views.pixels(places, Array(places.length).fill(view));
  };
  const first = () => ({ features: passFirst(pass, count, pixels) });
  const { reader, release } = await bank.openOrLock(key, part, labels, hasImages(data.set) ? first : null);
  if (reader !== null) return reader;
  let writer: SafetensorsWriter | undefined;
  try {
    writer = bank.create(key, part, labels, { features: [count, featureSize] });
    for (let start = 0; start < count; start += imagesAPass) {
      const features = passImages(pass, start, Math.min(count, start + imagesAPass), pixels);
      writer.write("features", start * featureSize, features);
      await breathe();
    }
    writer.finish();
  } finally {
    writer?.abandon();
    release();
  }
  return openView(bank, view, passing, breathe);
}

/** What passes the backbone. */
interface Passing {
  readonly views: ImageViews;
  readonly pass: FeaturePass;
  readonly featureSize: number;
  readonly data: TrainingData;
  readonly halfPrecision: true | undefined;
}

/**
 * The features of stage II with a backbone that nothing moves and a few fixed views of each image.
 *
 * One pass over every view serves every sampler and seed: they decide only which rows are read.
 *
 * @param viewCount - views of each image; a draw picks one uniformly.
 * @param bank - keeps the features of every view; null computes those of each batch in its step.
 */
export function buildViewFeatures(
  model: Model,
  stage: ClassifierStage,
  viewCount: number,
  data: TrainingData,
  seed: number,
  bank: FeatureBank | null,
): StageFeatures {
  const featureSize = pooledSize(model);
  const { height, width } = data.set;
  const views = imageViews(data, viewCount);
  const pass = buildFeaturePass(model, [height, width, 3], false);
  const halfPrecision = stage.shiftBatchNorm ? undefined : stage.halfPrecision;
  const passing = { views, pass, featureSize, data, halfPrecision };
  const stored: Float32Array[] = [];

  const rows = (places: readonly number[], chosen: readonly number[]): Float32Array => {
    if (stored.length === 0) {
      const computed = pass.run([views.pixels(places, chosen)])[0]?.features ?? new Float32Array();
      return halfPrecision ? roundToHalf(computed) : computed;
    }
    const features = new Float32Array(places.length * featureSize);
    places.forEach((place, i) => {
      const view = stored[chosen[i] as number] as Float32Array;
      features.set(view.subarray(place * featureSize, (place + 1) * featureSize), i * featureSize);
    });
    return features;
  };

  return {
    async prepare(breathe) {
      if (bank === null) return;
      for (let view = 0; view < viewCount; view++) {
        const reader = await openView(bank, view, passing, breathe);
        // Whole, since draws jump about in it: 3 MB a view on CIFAR-LT.
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
          const places = Array.from(images.subarray(start, end), views.placeOf);
          return { features: rows(places, chosen.slice(start, end)), drift: null };
        });
    },
    endEpoch() {},
    dispose() {
      stored.length = 0;
      pass.dispose();
    },
  };
}
