import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import type { TrainingData } from "../../src/features/training-data.ts";
import { type Model, modelVariables } from "../../src/models/model.ts";
import type { ClassifierStage, RepresentationStage } from "../../src/stages/stage.ts";

const perClass = 4;

/** 40 generated images of ten classes. */
export const tinyData: TrainingData = {
  set: generateGlyphs({ numClasses: 10, trainPerClass: perClass, testPerClass: 1, seed: 0 }).train,
  classIndices: Array.from({ length: 10 }, (_, c) =>
    Int32Array.from({ length: perClass }, (_, i) => perClass * c + i),
  ),
};

const shared = {
  epochs: 3,
  /** Batches of 16, 16 and 8: the last one is partial. */
  batchSize: 16,
  optimiser: { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 5e-4 },
  schedule: { kind: "cosine" },
  loss: { kind: "crossEntropy" },
} as const;

export const tinyRepresentation: RepresentationStage = {
  ...shared,
  kind: "representation",
  sampler: "instance",
  mixing: { kind: "mixup", alpha: 1 },
};

export const tinyClassifier: ClassifierStage = {
  ...shared,
  kind: "classifier",
  sampler: "class-balanced",
  fusion: { kind: "headToTail", ratio: 0.5, fusingSampler: "instance" },
  shiftBatchNorm: true,
  initialClassifier: "fine-tuned",
};

/** Values of every variable of a model, by name, as they are now. */
export const valuesOf = (model: Model): Record<string, Float32Array> =>
  Object.fromEntries(
    [...modelVariables(model)].map(([name, variable]) => [name, Float32Array.from(variable.dataSync())]),
  );

/** Names of the variables whose values differ in any bit. */
export const moved = (before: Record<string, Float32Array>, after: Record<string, Float32Array>): string[] =>
  Object.keys(before).filter((name) => {
    const bits = (values?: Float32Array) => Buffer.from(values?.buffer ?? new ArrayBuffer(0));
    return !bits(before[name]).equals(bits(after[name]));
  });
