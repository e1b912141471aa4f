import type { Tensor1D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { fuseHeadToTail } from "../fusion/head-to-tail.ts";
import { drawExpertMasks } from "../fusion/lend-features.ts";
import { batchLabels, fillTrainingBatch } from "../images/batch.ts";
import { type Model, pooledSize } from "../models/model.ts";
import { type Purpose, randomStream } from "../random.ts";
import { drawOrder } from "../samplers/draw-order.ts";
import type { SamplerName } from "../samplers/sampler.ts";
import type { Breathe } from "../training/breathe.ts";
import type { FeatureBank } from "../training/feature-bank.ts";
import { buildFeaturePass, imagesAPass, passImages } from "../training/feature-pass.ts";
import type { Fusion } from "../training/fusion.ts";
import { lentFeatures } from "../training/lent-features.ts";
import type { TrainingData } from "../training/training-data.ts";

/** Which streams an analysis draws from: those of a stage after both of training's. */
export const analysisStage = 3;

/** What features are drawn of. */
export interface DrawOptions {
  readonly model: Model;
  readonly data: TrainingData;
  readonly seed: number;
  /** Images to draw. */
  readonly count: number;
  /** Keeps the features for other rows with the same backbone. */
  readonly bank: FeatureBank;
  readonly breathe: Breathe;
}

/** Pooled features of drawn images, and their classes. */
export interface Draws {
  /** `[count · size]`, row-major. */
  readonly features: Float32Array;
  readonly labels: Int32Array;
}

/**
 * Features of training images as a sampler draws them: cropped and flipped like in training, so that an image that is drawn twice
 * gives two points, and normalised by the running statistics, as at prediction.
 */
async function draw(
  { model, data, seed, count, bank, breathe }: DrawOptions,
  sampler: SamplerName,
  streams: { readonly order: Purpose; readonly augmentation: Purpose },
): Promise<Draws> {
  const { set, classIndices } = data;
  const order = drawOrder(sampler, classIndices, count, randomStream(seed, streams.order, analysisStage));
  const labels = batchLabels(set, order);
  const key = { branch: "analysis", sampler, seed, count, order: streams.order };
  const features = await bank.features(key, "draws", labels, pooledSize(model), async () => {
    const augmentation = randomStream(seed, streams.augmentation, analysisStage);
    const pass = buildFeaturePass(model, [set.height, set.width, 3], false);
    const parts: Float32Array[] = [];
    try {
      for (let start = 0; start < count; start += imagesAPass) {
        const images = (from: number, to: number) => {
          const pixels = new Float32Array((to - from) * set.height * set.width * 3);
          fillTrainingBatch(pixels, set, order.subarray(from, to), augmentation);
          return pixels;
        };
        parts.push(passImages(pass, start, Math.min(count, start + imagesAPass), images));
        await breathe();
      }
    } finally {
      pass.dispose();
    }
    return Float32Array.from(parts.flatMap((part) => [...part]));
  });
  return { features, labels };
}

/** Class-balanced draws of training images. */
export const balancedDraws = (options: DrawOptions): Promise<Draws> =>
  draw(options, "class-balanced", { order: "order", augmentation: "augmentation" });

/**
 * The same draws after head-to-tail fusion, under the same labels: one fusing draw each, and one mask for every batch, as in training.
 *
 * @param plain - as `balancedDraws` returned them.
 * @param batchSize - images that share a mask.
 */
export async function fusedDraws(
  plain: Draws,
  fusion: Extract<Fusion, { kind: "headToTail" }>,
  batchSize: number,
  options: DrawOptions,
): Promise<Draws> {
  const { model, seed, count } = options;
  const { featureSize: channels, experts } = model.backbone;
  const layout = { channels, experts, moments: model.classifier.moments };
  const size = pooledSize(model);
  const fusing = await draw(options, fusion.fusingSampler, {
    order: "fusing-order",
    augmentation: "fusing-augmentation",
  });
  const masks = randomStream(seed, "fusion", analysisStage);
  const noise = randomStream(seed, "fusing-noise", analysisStage);
  const features = new Float32Array(count * size);
  for (let start = 0; start < count; start += batchSize) {
    const part = (of: Float32Array) => of.subarray(start * size, (start + batchSize) * size);
    const lent = lentFeatures(fusion, part(fusing.features), noise);
    const mask = drawExpertMasks(fusion.ratio, layout, masks);
    const fused = tf.tidy(() => {
      const rows = (of: Float32Array) => tf.tensor2d(Float32Array.from(of), [of.length / size, size]);
      return fuseHeadToTail(rows(part(plain.features)), rows(lent), tf.tensor1d(mask) as Tensor1D).dataSync();
    });
    features.set(fused, start * size);
  }
  return { features, labels: plain.labels };
}
