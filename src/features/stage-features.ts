import { type Model, pooledSize } from "../models/model.ts";
import type { ClassifierStage } from "../stages/stage.ts";
import { branchesOf, branchKey, branchOrder } from "./branch.ts";
import { BranchEpoch } from "./branch-epoch.ts";
import type { Breathe } from "./breathe.ts";
import type { FeatureBank } from "./feature-bank.ts";
import { buildFeaturePass, type FeatureBatch } from "./feature-pass.ts";
import type { TrainingData } from "./training-data.ts";

/** Where the classifier's features come from, batch by batch. */
export interface StageFeatures {
  /** Computes what is needed before the first epoch. */
  prepare(breathe: Breathe): Promise<void>;
  /**
   * @param epoch - epochs finished before this one.
   * @param order - images of the fused branch.
   * @returns the batches that begin at a place of the epoch, one a branch; places must come in their order.
   */
  beginEpoch(epoch: number, order: Int32Array): Promise<(start: number) => FeatureBatch[]>;
  /** Ends a whole epoch: what was computed is kept. */
  endEpoch(): void;
  /** Frees everything, also in mid-epoch. */
  dispose(): void;
}

/**
 * The features of stage II as the drawn batches give them: what the bank has is read, the rest is computed and kept there.
 *
 * @param bank - null computes everything.
 */
export function buildStageFeatures(
  model: Model,
  stage: ClassifierStage,
  data: TrainingData,
  seed: number,
  bank: FeatureBank | null,
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
    // A branch alone computes its next batch, too: two at a time are faster.
    const isAlone = missing.length === 1 && start + 2 * batchSize <= length;
    const starts = isAlone ? [start, start + batchSize] : [start];
    const wanted = starts.flatMap((from) => missing.map((branch) => ({ branch, from })));
    const results = pass.run(wanted.map(({ branch, from }) => branch.images(from)));
    wanted.forEach(({ branch, from }, i) => {
      branch.keep(from, results[i] as FeatureBatch);
    });
  };

  return {
    // Each step computes what it needs.
    prepare: async () => {},
    async beginEpoch(epoch, order) {
      close();
      const featureSize = pooledSize(model);
      const first = (images: Float32Array) => pass.run([images])[0] as FeatureBatch;
      const shared = { epoch, seed, batchSize, featureSize, data, bank, pass: first };
      // One after another, so that `close` finds those that were opened before a damaged one.
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
