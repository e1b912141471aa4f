import { type Model, pooledSize } from "../models/model.ts";
import type { ClassifierStage } from "../stages/stage.ts";
import { branchesOf, branchKey, branchOrder } from "./branch.ts";
import { BranchEpoch } from "./branch-epoch.ts";
import type { YieldToEventLoop } from "./breathe.ts";
import type { FeatureCache } from "./feature-bank.ts";
import { buildFeaturePass, type FeatureBatch } from "./feature-pass.ts";
import type { TrainingData } from "./training-data.ts";

/** Source of the classifier's features, batch by batch. */
export interface StageFeatures {
  /** Prepares the first epoch. */
  prepare(yieldToEventLoop: YieldToEventLoop): Promise<void>;
  /**
   * Starts an epoch.
   *
   * @param epoch - epochs finished before this one.
   * @param order - images of the fused branch.
   * @returns a function from a start in the epoch to the batches there, one per branch; call it with ascending starts.
   */
  beginEpoch(epoch: number, order: Int32Array): Promise<(start: number) => FeatureBatch[]>;
  /** Completes an epoch and stores its computed features. */
  endEpoch(): void;
  /** Frees all resources, even during an epoch. */
  dispose(): void;
}

/**
 * Builds the features of stage II for new crops in every draw; missing features are computed and stored in the cache.
 *
 * @param cache - stores and provides features; null computes all features.
 */
export function buildStageFeatures(
  model: Model,
  stage: ClassifierStage,
  data: TrainingData,
  seed: number,
  cache: FeatureCache | null,
): StageFeatures {
  const { batchSize, shiftBatchNorm } = stage;
  const { height, width } = data.set;
  const pass = buildFeaturePass(model, [height, width, 3], shiftBatchNorm);
  let branches: BranchEpoch[] = [];

  const close = () => {
    for (const branch of branches) branch.close();
    branches = [];
  };
  const compute = (start: number, length: number) => {
    const missing = branches.filter((branch) => !branch.isStored);
    // A single branch also computes its next batch, because two batches at a time are faster.
    const isAlone = missing.length === 1 && start + 2 * batchSize <= length;
    const starts = isAlone ? [start, start + batchSize] : [start];
    const wanted = starts.flatMap((from) => missing.map((branch) => ({ branch, from })));
    const results = pass.run(wanted.map(({ branch, from }) => branch.images(from)));
    wanted.forEach(({ branch, from }, i) => {
      branch.store(from, results[i] as FeatureBatch);
    });
  };

  return {
    // Each step computes its own features.
    prepare: async () => {},
    async beginEpoch(epoch, order) {
      close();
      const featureSize = pooledSize(model);
      const first = (images: Float32Array) => pass.run([images])[0] as FeatureBatch;
      const shared = { epoch, seed, batchSize, featureSize, data, cache, pass: first };
      // Sequential, so that `close` finds the branches that were opened before a damaged one.
      for (const branch of branchesOf(stage)) {
        const drawn = branchOrder(branch, data, order, seed, epoch);
        const key = branchKey(branch, stage, seed);
        branches.push(await BranchEpoch.open({ ...shared, branch, key, order: drawn }));
      }
      return (start) => {
        if (!branches.every((branch) => branch.has(start))) compute(start, order.length);
        return branches.map((branch) => branch.take(start));
      };
    },
    endEpoch() {
      for (const branch of branches) branch.finish();
      close();
    },
    dispose() {
      close();
      pass.dispose();
    },
  };
}
