import { batchLabels, fillTrainingBatch } from "../data/batches/batch.ts";
import { tf } from "../engine/tensorflow.ts";
import { branchesOf } from "../features/branch.ts";
import type { Breathe } from "../features/breathe.ts";
import type { FeatureBank } from "../features/feature-bank.ts";
import { buildFeaturePass, imagesAPass, passFirst, passImages } from "../features/feature-pass.ts";
import { lentFeatures } from "../features/lent-features.ts";
import type { TrainingData } from "../features/training-data.ts";
import { buildViewFeatures } from "../features/view-features.ts";
import type { Fusion } from "../fusion/fusion.ts";
import { fuseHeadToTail } from "../fusion/head-to-tail.ts";
import { drawExpertMasks } from "../fusion/lend-features.ts";
import { type Model, pooledSize } from "../models/model.ts";
import { type Purpose, randomStream } from "../random.ts";
import { drawOrder } from "../samplers/draw-order.ts";
import type { SamplerName } from "../samplers/sampler.ts";
import type { ClassifierStage, Stage } from "../stages/stage.ts";

/** Which streams an analysis draws from: those of a stage after both of training's. */
export const analysisStage = 3;

/** What features are drawn of. */
export interface DrawOptions {
  readonly model: Model;
  readonly stage: Stage;
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

/** Class-balanced draws of training images, and, where the stage fuses, the same ones after fusion under the same labels. */
export interface BalancedDraws {
  readonly plain: Draws;
  readonly fused: Draws | null;
}

/** Features of class-balanced images, and of the fusing ones where there are any. */
type Branches = readonly [balanced: Float32Array, fusing?: Float32Array];

/** Features of images as a sampler draws them, cropped and flipped like in training. */
async function cropped(
  { model, data, seed, bank, breathe }: DrawOptions,
  sampler: SamplerName,
  streams: { readonly order: Purpose; readonly augmentation: Purpose },
  order: Int32Array,
): Promise<Float32Array> {
  const { set } = data;
  const count = order.length;
  const key = { branch: "analysis", sampler, seed, count, order: streams.order };
  const pass = buildFeaturePass(model, [set.height, set.width, 3], false);
  /** Crops and flips are drawn as the images are asked for, in their order. */
  const imagesInOrder = () => {
    const augmentation = randomStream(seed, streams.augmentation, analysisStage);
    return (from: number, to: number) => {
      const pixels = new Float32Array((to - from) * set.height * set.width * 3);
      fillTrainingBatch(pixels, set, order.subarray(from, to), augmentation);
      return pixels;
    };
  };
  const compute = async () => {
    const images = imagesInOrder();
    const features = new Float32Array(count * pooledSize(model));
    for (let start = 0; start < count; start += imagesAPass) {
      const part = passImages(pass, start, Math.min(count, start + imagesAPass), images);
      features.set(part, start * pooledSize(model));
      await breathe();
    }
    return features;
  };
  const sample = () => ({ features: passFirst(pass, count, imagesInOrder()) });
  try {
    return await bank.features(key, "draws", batchLabels(set, order), pooledSize(model), compute, sample);
  } finally {
    pass.dispose();
  }
}

/** Features of fixed views, as the epoch after the stage's last one would draw them. */
async function viewed(
  stage: ClassifierStage,
  views: number,
  { model, data, seed, bank, breathe }: DrawOptions,
  order: Int32Array,
): Promise<Branches> {
  const features = buildViewFeatures(model, stage, views, data, seed, bank);
  try {
    await features.prepare(breathe);
    const batchesAt = await features.beginEpoch(stage.epochs, order);
    const branches = branchesOf(stage).map(() => new Float32Array(order.length * pooledSize(model)));
    for (let start = 0; start < order.length; start += stage.batchSize) {
      for (const [i, batch] of batchesAt(start).entries())
        branches[i]?.set(batch.features, start * pooledSize(model));
    }
    return branches as unknown as Branches;
  } finally {
    features.dispose();
  }
}

/**
 * Draws training images class by class and, where the stage fuses, fuses their features as it does: with those of a draw of its fusing
 * sampler, one mask for every batch.
 *
 * Each draw crops anew, or picks a view where the stage has fixed ones; the backbone normalises by its running statistics, as at
 * prediction.
 */
export async function balancedDraws(options: DrawOptions): Promise<BalancedDraws> {
  const { model, stage, data, seed, count } = options;
  const drawn = (sampler: SamplerName, purpose: Purpose) =>
    drawOrder(sampler, data.classIndices, count, randomStream(seed, purpose, analysisStage));
  const order = drawn("class-balanced", "order");
  const labels = batchLabels(data.set, order);
  const fusion = stage.kind === "classifier" && stage.fusion.kind !== "none" ? stage.fusion : null;
  const fromImages = async (): Promise<Branches> => {
    const own = { order: "order", augmentation: "augmentation" } as const;
    const balanced = await cropped(options, "class-balanced", own, order);
    if (fusion === null) return [balanced];
    const { fusingSampler } = fusion;
    const streams = { order: "fusing-order", augmentation: "fusing-augmentation" } as const;
    return [balanced, await cropped(options, fusingSampler, streams, drawn(fusingSampler, streams.order))];
  };
  const hasViews = stage.kind === "classifier" && !stage.shiftBatchNorm && stage.views !== undefined;
  const [balanced, fusing] = hasViews
    ? await viewed(stage, stage.views ?? 1, options, order)
    : await fromImages();
  const plain = { features: balanced, labels };
  if (fusion === null || fusing === undefined) return { plain, fused: null };
  return { plain, fused: { features: fuse(balanced, fusing, fusion, stage.batchSize, model, seed), labels } };
}

/** Head-to-tail fusion, batch by batch. */
function fuse(
  balanced: Float32Array,
  fusing: Float32Array,
  fusion: Extract<Fusion, { kind: "headToTail" }>,
  batchSize: number,
  model: Model,
  seed: number,
): Float32Array {
  const { featureSize: channels, experts } = model.backbone;
  const layout = { channels, experts, moments: model.classifier.moments };
  const size = pooledSize(model);
  const masks = randomStream(seed, "fusion", analysisStage);
  const noise = randomStream(seed, "fusing-noise", analysisStage);
  const features = new Float32Array(balanced.length);
  for (let start = 0; start < balanced.length; start += batchSize * size) {
    const part = (of: Float32Array) => of.slice(start, start + batchSize * size);
    const rows = (of: Float32Array) => tf.tensor2d(of, [of.length / size, size]);
    const lent = lentFeatures(fusion, part(fusing), noise);
    const mask = drawExpertMasks(fusion.ratio, layout, masks);
    const fused = tf.tidy(() =>
      fuseHeadToTail(rows(part(balanced)), rows(lent), tf.tensor1d(mask)).dataSync(),
    );
    features.set(fused, start);
  }
  return features;
}
