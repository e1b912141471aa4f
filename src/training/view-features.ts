import { batchLabels } from "../images/batch.ts";
import type { Backbone } from "../models/model.ts";
import { randomStream } from "../random.ts";
import { branchesOf, branchOrder } from "./branch.ts";
import type { FeatureBank } from "./feature-bank.ts";
import { buildFeaturePass, type FeaturePass } from "./feature-pass.ts";
import { type ImageViews, imageViews } from "./image-views.ts";
import type { SafetensorsReader } from "./safetensors-reader.ts";
import type { ClassifierStage } from "./stage.ts";
import type { StageFeatures } from "./stage-features.ts";
import type { TrainingData } from "./training-data.ts";

/** Images of one part of a pass, and parts that run side by side. */
const [partSize, parts] = [125, 4];

/** Keeps the features of one view of every image, unless they are there. */
async function openView(
  bank: FeatureBank,
  view: number,
  { views, pass, featureSize, data }: Passing,
  breathe: () => Promise<void>,
): Promise<SafetensorsReader> {
  const key = { branch: "views", views: views.count };
  const part = `view-${String(view + 1).padStart(2, "0")}`;
  const stored = bank.open(key, part);
  if (stored !== null) return stored;
  const count = views.images.length;
  const writer = bank.create(key, part, {
    features: { dtype: "F32", shape: [count, featureSize] },
    labels: { dtype: "I32", shape: [count] },
  });
  try {
    writer.write("labels", 0, batchLabels(data.set, views.images));
    for (let start = 0; start < count; start += parts * partSize) {
      const starts = Array.from({ length: parts }, (_, i) => start + i * partSize).filter((at) => at < count);
      const batches = starts.map((at) => {
        const places = Array.from({ length: Math.min(partSize, count - at) }, (_, i) => at + i);
        return views.pixels(places, Array(places.length).fill(view));
      });
      pass.run(batches).forEach(({ features }, i) => {
        writer.write("features", (starts[i] as number) * featureSize, features);
      });
      await breathe();
    }
    writer.finish();
  } finally {
    writer.abandon();
  }
  const kept = bank.open(key, part);
  if (kept === null) throw new Error(`internal: ${part} was not kept`);
  return kept;
}

/** What passes the backbone. */
interface Passing {
  readonly views: ImageViews;
  readonly pass: FeaturePass;
  readonly featureSize: number;
  readonly data: TrainingData;
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
  backbone: Backbone,
  stage: ClassifierStage,
  viewCount: number,
  data: TrainingData,
  seed: number,
  bank: FeatureBank | null,
): StageFeatures {
  const { featureSize } = backbone;
  const { height, width } = data.set;
  const views = imageViews(data, viewCount);
  const pass = buildFeaturePass(backbone, [height, width, 3], false);
  const passing = { views, pass, featureSize, data };
  const stored: SafetensorsReader[] = [];

  const rows = (places: readonly number[], chosen: readonly number[]): Float32Array => {
    if (stored.length === 0)
      return pass.run([views.pixels(places, chosen)])[0]?.features ?? new Float32Array();
    const features = new Float32Array(places.length * featureSize);
    places.forEach((place, i) => {
      const reader = stored[chosen[i] as number] as SafetensorsReader;
      features.set(reader.read("features", place * featureSize, featureSize), i * featureSize);
    });
    return features;
  };

  return {
    async prepare(breathe) {
      if (bank === null) return;
      for (let view = 0; view < viewCount; view++) stored.push(await openView(bank, view, passing, breathe));
    },
    beginEpoch(epoch, order) {
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
      for (const reader of stored) reader.close();
      stored.length = 0;
      pass.dispose();
    },
  };
}
