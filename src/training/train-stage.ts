import { FailureError } from "../errors.ts";
import { eventLoopYielder } from "../features/breathe.ts";
import type { FeatureCache } from "../features/feature-bank.ts";
import { type TrainingData, trainingSize } from "../features/training-data.ts";
import type { Model } from "../models/model.ts";
import { randomStream } from "../random.ts";
import { drawOrder } from "../samplers/draw-order.ts";
import { learningRateAt } from "../stages/schedule.ts";
import type { Stage } from "../stages/stage.ts";
import { classifierStep } from "./classifier-step.ts";
import { representationStep } from "./representation-step.ts";
import type { StageStep } from "./stage-step.ts";

/** Result of an epoch. */
export interface EpochResult {
  /** Number of finished epochs, from 1. */
  readonly epoch: number;
  readonly learningRate: number;
  /** Mean training loss over the images of the epoch. */
  readonly trainLoss: number;
}

/** Progress of training. */
export interface TrainingProgress {
  /** Number of finished epochs. */
  readonly epoch: number;
  readonly epochs: number;
  /** Processed images of the current epoch. */
  readonly images: number;
  readonly imagesPerEpoch: number;
}

/** Options of `trainStage`. */
export interface TrainingOptions {
  readonly data: TrainingData;
  readonly seed: number;
  /** Stores and provides features of stage II; by default all features are computed and none stored. */
  readonly cache?: FeatureCache | undefined;
  /** Number of epochs that are already finished. @default 0 */
  readonly startEpoch?: number | undefined;
  /** Called with the stage's step before the first epoch, so that velocities can be loaded. */
  readonly onStart?: ((step: StageStep) => void) | undefined;
  /** Called after each epoch with current model variables, to evaluate and save. */
  readonly onEpoch: (result: EpochResult, step: StageStep) => void | Promise<void>;
  /** Called after each batch. */
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** Stops training after the current batch; results saved by `onEpoch` remain. */
  readonly signal?: AbortSignal | undefined;
}

/** Stage numbers in the random streams, which differ between stages of one seed. */
const stageNumber = { representation: 1, classifier: 2 } as const;

function buildStep(model: Model, stage: Stage, { data, seed, cache }: TrainingOptions): StageStep {
  return stage.kind === "representation"
    ? representationStep(model, stage, data, seed)
    : classifierStep(model, stage, data, seed, cache ?? null);
}

/** Point at which a loss or weight stopped being finite. */
interface Divergence {
  readonly loss: number;
  /** Name of the first non-finite variable, if any. */
  readonly variable: string | null;
  readonly epoch: number;
  /** Number of the batch in the epoch, from 1. */
  readonly step: number;
  readonly learningRate: number;
}

function divergence({ loss, variable, epoch, step, learningRate }: Divergence): FailureError {
  const weights = variable === null ? "all weights are finite" : `first non-finite weight: ${variable}`;
  const rate = Number(learningRate.toPrecision(6));
  const saved = epoch === 0 ? "no epoch was completed" : `the result of epoch ${epoch} is saved`;
  return new FailureError({
    code: "TRAINING_DIVERGED",
    problem: `training diverged in step ${step} of epoch ${epoch + 1} at learning rate ${rate} (loss ${loss}, ${weights})`,
    fix: `lower the row's learning rate (${saved})`,
  });
}

/**
 * Trains one stage, epoch by epoch.
 *
 * All random numbers of epoch e come from streams of (seed, stage, e). Training that resumes after `startEpoch` epochs
 * with the saved variables and velocities therefore gives exactly the result of uninterrupted training.
 *
 * @throws {FailureError} if a loss or weight is not finite after a batch; the message names the first such weight.
 * @throws the signal's reason, if it was aborted.
 */
export async function trainStage(model: Model, stage: Stage, options: TrainingOptions): Promise<void> {
  const { data, seed, signal } = options;
  const imagesPerEpoch = trainingSize(data);
  const step = buildStep(model, stage, options);
  const yieldToEventLoop = eventLoopYielder(signal);
  try {
    options.onStart?.(step);
    await step.prepare(yieldToEventLoop);
    for (let epoch = options.startEpoch ?? 0; epoch < stage.epochs; epoch++) {
      const learningRate = learningRateAt(stage.schedule, stage.optimiser.learningRate, epoch, stage.epochs);
      const stream = randomStream(seed, "order", stageNumber[stage.kind], epoch);
      const order = drawOrder(stage.sampler, data.classIndices, imagesPerEpoch, stream);
      const trainBatch = await step.beginEpoch(epoch, order);
      const wholeBatches = order.length - (order.length % stage.batchSize);
      const length = stage.dropLast && wholeBatches > 0 ? wholeBatches : order.length;
      let lossSum = 0;
      for (let start = 0; start < length; start += stage.batchSize) {
        const indices = order.subarray(start, start + stage.batchSize);
        const loss = trainBatch(indices, start, learningRate);
        const variable = step.firstNonFinite();
        if (!Number.isFinite(loss) || variable !== null) {
          const number = start / stage.batchSize + 1;
          throw divergence({ loss, variable, epoch, step: number, learningRate });
        }
        lossSum += loss * indices.length;
        options.onProgress?.({
          epoch,
          epochs: stage.epochs,
          images: start + indices.length,
          imagesPerEpoch,
        });
        await yieldToEventLoop();
      }
      step.endEpoch();
      await options.onEpoch({ epoch: epoch + 1, learningRate, trainLoss: lossSum / length }, step);
      signal?.throwIfAborted();
    }
  } finally {
    step.dispose();
  }
}
