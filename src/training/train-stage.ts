import { FailureError } from "../errors.ts";
import { breathing } from "../features/breathe.ts";
import type { FeatureBank } from "../features/feature-bank.ts";
import { type TrainingData, trainingSize } from "../features/training-data.ts";
import type { Model } from "../models/model.ts";
import { randomStream } from "../random.ts";
import { drawOrder } from "../samplers/draw-order.ts";
import { learningRateAt } from "../stages/schedule.ts";
import type { Stage } from "../stages/stage.ts";
import { classifierStep } from "./classifier-step.ts";
import { representationStep } from "./representation-step.ts";
import type { StageStep } from "./stage-step.ts";

/** What an epoch leaves behind. */
export interface EpochResult {
  /** Epochs finished, from 1. */
  readonly epoch: number;
  readonly learningRate: number;
  /** Mean loss over the images of the epoch, while they were trained on. */
  readonly trainLoss: number;
}

/** How far training is. */
export interface TrainingProgress {
  /** Epochs finished. */
  readonly epoch: number;
  readonly epochs: number;
  /** Images of the running epoch that were trained on, and how many it has. */
  readonly images: number;
  readonly imagesPerEpoch: number;
}

/** What training is given besides the model and the stage. */
export interface TrainingOptions {
  readonly data: TrainingData;
  readonly seed: number;
  /** Where stage II finds features, and keeps those that it computes; by default it computes all and keeps none. */
  readonly bank?: FeatureBank;
  /** Epochs that are finished already. @default 0 */
  readonly startEpoch?: number;
  /** Called with the stage's step before the first epoch, to load velocities into it. */
  readonly onStart?: (step: StageStep) => void;
  /** Called after every epoch, with the model's variables up to date: the place to measure and to save. */
  readonly onEpoch: (result: EpochResult, step: StageStep) => void | Promise<void>;
  /** Called after every batch. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Stops training after the running batch; what `onEpoch` saved stays. */
  readonly signal?: AbortSignal;
}

/** Each stage has streams of its own, also under one seed. */
const stageNumber = { representation: 1, classifier: 2 } as const;

function buildStep(model: Model, stage: Stage, { data, seed, bank }: TrainingOptions): StageStep {
  return stage.kind === "representation"
    ? representationStep(model, stage, data, seed)
    : classifierStep(model, stage, data, seed, bank ?? null);
}

/** Where training left the finite numbers. */
interface Divergence {
  readonly loss: number;
  /** Name of the first variable concerned. */
  readonly variable: string | null;
  readonly epoch: number;
  /** Batches of the epoch, from 1. */
  readonly step: number;
  readonly learningRate: number;
}

function divergence({ loss, variable, epoch, step, learningRate }: Divergence): FailureError {
  const weights =
    variable === null ? "weights that are all finite" : `${variable} as the first that is not finite`;
  return new FailureError({
    rule: "loss and weights must be finite numbers after every step",
    got: `a loss of ${loss} and ${weights} in step ${step} of epoch ${epoch + 1}, at learning rate ${Number(learningRate.toPrecision(6))}`,
    remedy: `lower the row's learning rate; ${epoch === 0 ? "no epoch was finished" : `what epoch ${epoch} left is kept`}`,
  });
}

/**
 * Trains one stage, epoch by epoch.
 *
 * Everything that is random in epoch e is drawn from streams of (seed, stage, e), so training that goes on after
 * `startEpoch` epochs with the saved variables and velocities ends exactly where uninterrupted training does.
 *
 * @throws {FailureError} if a batch's loss is not finite, or leaves a weight that is not; names the first one.
 * @throws the signal's reason, when it was aborted.
 */
export async function trainStage(model: Model, stage: Stage, options: TrainingOptions): Promise<void> {
  const { data, seed, signal } = options;
  const imagesPerEpoch = trainingSize(data);
  const step = buildStep(model, stage, options);
  const breathe = breathing(signal);
  try {
    options.onStart?.(step);
    await step.prepare(breathe);
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
        await breathe();
      }
      step.endEpoch();
      await options.onEpoch({ epoch: epoch + 1, learningRate, trainLoss: lossSum / length }, step);
      signal?.throwIfAborted();
    }
  } finally {
    step.dispose();
  }
}
