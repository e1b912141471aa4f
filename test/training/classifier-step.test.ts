import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { fillTrainingBatch } from "../../src/data/batches/batch.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { disposeModel } from "../../src/models/model.ts";
import { type Purpose, randomStream } from "../../src/random.ts";
import { drawOrder } from "../../src/samplers/draw-order.ts";
import type { ClassifierStage, Stage } from "../../src/stages/stage.ts";
import { relativeError } from "../support/relative-error.ts";
import { moved, tinyClassifier, tinyData, tinyRepresentation, valuesOf } from "../support/tiny-training.ts";
import { newModel, trainTiny } from "../support/train-tiny.ts";

/** What one epoch of a stage changes in a new model. */
async function movedBy(stage: Stage): Promise<string[]> {
  const model = newModel();
  const before = valuesOf(model);
  await trainTiny(model, { ...stage, epochs: 1 });
  const names = moved(before, valuesOf(model));
  disposeModel(model);
  return names;
}

test.serial("stage I: every parameter and every running statistic moves", async (t) => {
  t.deepEqual(await movedBy(tinyRepresentation), Object.keys(valuesOf(newModel())));
});

test.serial("stage II: without shifted batch norm the classifier alone moves, bit for bit", async (t) => {
  const stage = { ...tinyClassifier, shiftBatchNorm: false };
  t.deepEqual(await movedBy(stage), ["classifier.weight", "classifier.bias"]);
});

test.serial(
  "stage II: a parameter whose rate is 0 times that of the others stays; where all do, nothing moves",
  async (t) => {
    const stage = { ...tinyClassifier, shiftBatchNorm: false } as const;
    t.deepEqual(await movedBy({ ...stage, rateFactors: { weight: 0 } }), ["classifier.bias"]);
    t.deepEqual(await movedBy({ ...stage, rateFactors: { weight: 0, bias: 0 } }), []);
  },
);

test.serial(
  "stage II: shifted batch norm moves the running statistics besides, no other parameter",
  async (t) => {
    t.deepEqual(await movedBy(tinyClassifier), [
      ...["first.mean", "first.variance", "second.mean", "second.variance"].map((name) => `backbone.${name}`),
      "classifier.weight",
      "classifier.bias",
    ]);
  },
);

/** Running statistics after batches drawn as the documents say, one forward pass each, without `compile`. */
function statisticsAfter(
  passes: readonly { sampler: "class-balanced" | "instance"; order: Purpose; augmentation: Purpose }[],
) {
  const model = newModel();
  const { set, classIndices } = tinyData;
  for (const { sampler, order, augmentation } of passes) {
    const indices = drawOrder(sampler, classIndices, 40, randomStream(0, order, 2, 0));
    const pixels = new Float32Array(40 * 32 * 32 * 3);
    fillTrainingBatch(pixels, set, indices, randomStream(0, augmentation, 2, 0));
    tf.tidy(() => model.backbone.featureMap(tf.tensor4d(pixels, [40, 32, 32, 3]) as Tensor4D, "training"));
  }
  return valuesOf(model);
}

const balanced = { sampler: "class-balanced", order: "order", augmentation: "augmentation" } as const;
const instance = { sampler: "instance", order: "fusing-order", augmentation: "fusing-augmentation" } as const;

for (const [name, fusion, passes] of [
  ["fusion none draws no fusing batch, so statistics move once a step", { kind: "none" }, [balanced]],
  [
    "fusion with p = 0 draws one, so statistics move by the fused batch and then by the fusing one",
    { kind: "headToTail", ratio: 0, fusingSampler: "instance" },
    [balanced, instance],
  ],
] as const) {
  test.serial(`stage II: ${name}`, async (t) => {
    const model = newModel();
    const stage: ClassifierStage = { ...tinyClassifier, epochs: 1, batchSize: 40, fusion };
    await trainTiny(model, stage);
    const expected = statisticsAfter(passes);
    const ours = valuesOf(model);
    for (const key of ["first.mean", "first.variance", "second.mean", "second.variance"]) {
      const error = relativeError(ours[`backbone.${key}`] ?? [], expected[`backbone.${key}`] ?? []);
      t.true(error < 1e-5, `${key}: off by ${error}`);
    }
  });
}

test.serial(
  "stage II: p = 0 and no fusion train the classifier alike while the statistics stay",
  async (t) => {
    const trained = async (fusion: ClassifierStage["fusion"]) => {
      const model = newModel();
      const results = await trainTiny(model, { ...tinyClassifier, epochs: 1, shiftBatchNorm: false, fusion });
      return { values: valuesOf(model), loss: results[0]?.trainLoss as number };
    };
    const none = await trained({ kind: "none" });
    const zero = await trained({ kind: "headToTail", ratio: 0, fusingSampler: "instance" });
    const some = await trained({ kind: "headToTail", ratio: 0.5, fusingSampler: "instance" });
    t.true(relativeError([zero.loss], [none.loss]) < 1e-6);
    for (const key of ["classifier.weight", "classifier.bias"]) {
      t.true(relativeError(zero.values[key] ?? [], none.values[key] ?? []) < 1e-5);
      t.true(relativeError(some.values[key] ?? [], none.values[key] ?? []) > 1e-3);
    }
  },
);
