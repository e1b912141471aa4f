import { type Purpose, randomStream } from "../random.ts";
import { drawOrder } from "../samplers/draw-order.ts";
import type { SamplerName } from "../samplers/sampler.ts";
import type { ClassifierStage } from "../stages/stage.ts";
import type { CacheKey } from "./feature-bank.ts";
import type { TrainingData } from "./training-data.ts";

/** One of the two batches of a stage-II step: the fused batch, which is classified, or the fusing batch, which provides channels. */
export interface Branch {
  readonly role: "fused" | "fusing";
  readonly sampler: SamplerName;
  /** Random stream of the image order. */
  readonly order: Purpose;
  /** Random stream of crops and flips. */
  readonly augmentation: Purpose;
}

/** Returns the branches of a stage, in the order in which they pass the backbone. */
export function branchesOf({ sampler, fusion }: ClassifierStage): Branch[] {
  const fused: Branch = { role: "fused", sampler, order: "order", augmentation: "augmentation" };
  if (fusion.kind === "none") return [fused];
  const streams = { order: "fusing-order", augmentation: "fusing-augmentation" } as const;
  return [fused, { role: "fusing", sampler: fusion.fusingSampler, ...streams }];
}

/**
 * Draws the images of one epoch of a branch.
 *
 * @param fusedOrder - images of the fused branch, which training has already drawn.
 */
export function branchOrder(
  { role, sampler, order }: Branch,
  { classIndices }: TrainingData,
  fusedOrder: Int32Array,
  seed: number,
  epoch: number,
): Int32Array {
  if (role === "fused") return fusedOrder;
  return drawOrder(sampler, classIndices, fusedOrder.length, randomStream(seed, order, 2, epoch));
}

/** Builds the cache key of a branch's training features; backbone and images are not part of it. */
export const branchKey = (
  { role, sampler }: Branch,
  { batchSize, shiftBatchNorm }: ClassifierStage,
  seed: number,
): CacheKey => ({ branch: role, sampler, seed, batchSize, shiftBatchNorm });
