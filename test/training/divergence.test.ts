import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { FailureError } from "../../src/errors.ts";
import { type Model, modelVariables } from "../../src/models/model.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { tinyClassifier, tinyRepresentation } from "../support/tiny-training.ts";
import { newModel, trainTiny } from "../support/train-tiny.ts";

/** Replaces a variable's last value by NaN. */
function spoil(model: Model, name: string): void {
  const variable = modelVariables(model).get(name);
  const values = Float32Array.from(variable?.dataSync<"float32">() ?? []);
  values[values.length - 1] = Number.NaN;
  variable?.assign(tf.tensor(values, variable.shape));
}

/** Trains until it fails. @returns the error's code and message, and the epochs and batches finished by then. */
async function failureOf(stage: Stage, before: (model: Model, epoch: number) => void) {
  const model = newModel();
  const ended: number[] = [];
  let batches = 0;
  before(model, 0);
  const training = trainTiny(model, stage, {
    onEpoch({ epoch }) {
      ended.push(epoch);
      batches = 0;
      before(model, epoch);
    },
    onProgress: () => void batches++,
  });
  const error = await training.then(() => null).catch((thrown: unknown) => thrown);
  const { code, message } =
    error instanceof FailureError ? error : { code: undefined, message: String(error) };
  return { code, message, epochs: ended, batches };
}

test.serial(
  "divergence: training stops at the step whose weights are not finite, even if its loss is",
  async (t) => {
    const optimiser = { ...tinyRepresentation.optimiser, learningRate: 1e39 };
    const { code, message, epochs, batches } = await failureOf(
      { ...tinyRepresentation, optimiser },
      () => {},
    );
    t.is(code, "TRAINING_DIVERGED");
    t.regex(message, /step 1 of epoch 1 .+ 1e\+39 \(loss \d\.\d+, .+ backbone\.first\.filter\);/);
    t.deepEqual([epochs, batches], [[], 0]);
  },
);

test.serial(
  "divergence: a NaN among the weights of stage I is found in the step in which it reaches the loss",
  async (t) => {
    const { code, message, epochs, batches } = await failureOf(tinyRepresentation, (model, epoch) => {
      if (epoch === 2) spoil(model, "backbone.second.scale");
    });
    t.is(code, "TRAINING_DIVERGED");
    t.regex(message, /step 1 of epoch 3 .+ 0\.025 \(loss NaN, .+ backbone\.first\.filter\); .+ epoch 2 /);
    t.deepEqual([epochs, batches], [[1, 2], 0]);
  },
);

test.serial(
  "divergence: stage II checks the classifier's layers, and the loss if nothing learns",
  async (t) => {
    const spoilt = (model: Model, epoch: number) => {
      if (epoch === 0) spoil(model, "backbone.second.mean");
    };
    const stage = { ...tinyClassifier, shiftBatchNorm: false };
    const learning = await failureOf(stage, spoilt);
    t.is(learning.code, "TRAINING_DIVERGED");
    t.regex(learning.message, /step 1 of epoch 1 .+ 0\.1 \(loss NaN, .+ classifier\.weight\);/);
    const still = { ...stage, rateFactors: { weight: 0, bias: 0 } };
    const frozen = await failureOf(still, spoilt);
    t.is(frozen.code, "TRAINING_DIVERGED");
    t.regex(frozen.message, /step 1 of epoch 1 .+ 0\.1 \(loss NaN, all weights are finite\);/);
  },
);
