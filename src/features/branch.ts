import { type Purpose, randomStream } from "../random.ts";
import { drawOrder } from "../samplers/draw-order.ts";
import type { SamplerName } from "../samplers/sampler.ts";
import type { ClassifierStage } from "../stages/stage.ts";
import type { BankKey } from "./feature-bank.ts";
import type { TrainingData } from "./training-data.ts";

/** One of the two batches of a step of stage II: the one that is classified, and the one that lends it channels. */
export interface Branch {
  readonly role: "fused" | "fusing";
  readonly sampler: SamplerName;
  /** The random streams that it draws from. */
  readonly order: Purpose;
  readonly augmentation: Purpose;
}

/** The branches of a stage, in the order in which they pass the backbone. */
export function branchesOf({ sampler, fusion }: ClassifierStage): Branch[] {
  const fused: Branch = { role: "fused", sampler, order: "order", augmentation: "augmentation" };
  if (fusion.kind === "none") return [fused];
  const streams = { order: "fusing-order", augmentation: "fusing-augmentation" } as const;
  return [fused, { role: "fusing", sampler: fusion.fusingSampler, ...streams }];
}

/**
 * Images of one epoch of a branch.
 *
 * @param fusedOrder - those of the fused branch, which training has drawn already.
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

/** What the features of a branch's training batches depend on, besides the backbone and the images. */
export const branchKey = (
  { role, sampler }: Branch,
  { batchSize, shiftBatchNorm }: ClassifierStage,
  seed: number,
): BankKey => ({ branch: role, sampler, seed, batchSize, shiftBatchNorm });
