import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { buildPredictor, type Predictor } from "../../src/features/predict.ts";
import type { TrainingData } from "../../src/features/training-data.ts";
import { disposeModel, type Model, modelVariables } from "../../src/models/model.ts";
import { startingModel } from "../../src/runs/starting-model.ts";
import { longTailedCounts } from "../../src/splits/long-tailed-counts.ts";
import type { Stage } from "../../src/stages/stage.ts";
import type { StageStep } from "../../src/training/stage-step.ts";
import { trainStage } from "../../src/training/train-stage.ts";

/** Images of a step; the published 128 would only take longer. */
const batchSize = 4;

const glyphs = (numClasses: 10 | 100) =>
  generateGlyphs({ numClasses, trainPerClass: 2, testPerClass: 1, seed: 0 });
const images = { cifar10: glyphs(10), cifar100: glyphs(100) };
type Dataset = keyof typeof images;

/** Generated images, of which each class has as many as the row's split; they repeat. */
function dataOf(dataset: Dataset, imbalanceRatio: number): TrainingData {
  const { train: set } = images[dataset];
  const counts = longTailedCounts(50_000 / set.numClasses, set.numClasses, imbalanceRatio);
  const classIndices = counts.map((count, c) =>
    Int32Array.from({ length: count }, (_, i) => 2 * c + (i % 2)),
  );
  return { set, classIndices };
}

/** An epoch in which all of a stage is at work: BBN's branches share, CMO pastes, deferred weights weigh. */
function startEpoch({ loss, epochs }: Stage): number {
  const after = "reweightAfter" in loss ? loss.reweightAfter : null;
  return after ?? Math.floor(epochs / 2);
}

/** The model with which rows begin that have the same backbone, classifier and number of classes. */
export interface Beginning {
  readonly dataset: Dataset;
  readonly model: Model;
  readonly predictor: Predictor;
  /** Brings its newly drawn weights back. */
  reset(): void;
  dispose(): void;
}

export async function beginning(row: Experiment): Promise<Beginning> {
  const dataset = row.dataset as Dataset;
  const model = await startingModel(row, images[dataset].train.numClasses, 0, undefined);
  const predictor = buildPredictor(model, [32, 32, 3]);
  const drawn = [...modelVariables(model).values()].map((variable) => ({
    variable,
    values: variable.clone(),
  }));
  return {
    ...{ dataset, model, predictor },
    reset() {
      for (const { variable, values } of drawn) variable.assign(values);
    },
    dispose() {
      for (const { values } of drawn) values.dispose();
      predictor.dispose();
      disposeModel(model);
    },
  };
}

/** Trains a row's stage for two steps, as `h2t run` would begin that epoch. @throws where a loss is not finite. */
export async function takeTwoSteps({ dataset, model }: Beginning, row: Experiment): Promise<void> {
  const done = new Error("two steps were taken");
  const stop = new AbortController();
  const stage = { ...row.stage, batchSize };
  let step: StageStep | undefined;
  const training = trainStage(model, stage, {
    data: dataOf(dataset, row.imbalanceRatio),
    seed: 0,
    startEpoch: startEpoch(stage),
    onStart: (started) => {
      step = started;
    },
    onProgress({ images }) {
      if (images < 2 * batchSize) return;
      step?.endEpoch();
      stop.abort(done);
    },
    onEpoch() {},
    signal: stop.signal,
  });
  await training.catch((error) => {
    if (error !== done) throw error;
  });
}

/** Logits of the test images, `[classes · C]`. */
export const predictions = async ({ dataset, predictor }: Beginning): Promise<Float32Array> =>
  predictor.logits(await predictor.features(images[dataset].test));
