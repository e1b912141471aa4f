import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { FailureError } from "../../src/errors.ts";
import { type Model, modelVariables } from "../../src/models/model.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { tinyClassifier, tinyRepresentation } from "../support/tiny-training.ts";
import { newModel, trainTiny } from "../support/train-tiny.ts";

const rule = "loss and weights must be finite numbers after every step";

/** Puts NaN in the place of a variable's last value. */
function spoil(model: Model, name: string): void {
  const variable = modelVariables(model).get(name);
  const values = Float32Array.from(variable?.dataSync<"float32">() ?? []);
  values[values.length - 1] = Number.NaN;
  variable?.assign(tf.tensor(values, variable.shape));
}

/** Trains until it fails. @returns the message, and the epochs and batches that had ended by then. */
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
  const message = error instanceof FailureError ? error.message : String(error);
  return { message, epochs: ended, batches };
}

test.serial(
  "divergence: weights that leave the finite numbers end training at that step, whose loss was still finite",
  async (t) => {
    const optimiser = { ...tinyRepresentation.optimiser, learningRate: 1e39 };
    const { message, epochs, batches } = await failureOf({ ...tinyRepresentation, optimiser }, () => {});
    t.regex(
      message,
      new RegExp(
        `^${rule}, got a loss of \\d\\.\\d+ and backbone\\.first\\.filter as the first that is not finite in step 1 of epoch 1, at learning rate 1e\\+39; lower the row's learning rate; no epoch was finished$`,
      ),
    );
    t.deepEqual([epochs, batches], [[], 0]);
  },
);

test.serial(
  "divergence: a NaN among the weights of stage I is found in the step that it reaches the loss",
  async (t) => {
    const { message, epochs, batches } = await failureOf(tinyRepresentation, (model, epoch) => {
      if (epoch === 2) spoil(model, "backbone.second.scale");
    });
    t.is(
      message,
      `${rule}, got a loss of NaN and backbone.first.filter as the first that is not finite in step 1 of epoch 3, at learning rate 0.025; lower the row's learning rate; what epoch 2 left is kept`,
    );
    t.deepEqual([epochs, batches], [[1, 2], 0]);
  },
);

test.serial(
  "divergence: in stage II the classifier's layers are looked at, and the loss where nothing learns",
  async (t) => {
    const spoilt = (model: Model, epoch: number) => {
      if (epoch === 0) spoil(model, "backbone.second.mean");
    };
    const stage = { ...tinyClassifier, shiftBatchNorm: false };
    t.is(
      (await failureOf(stage, spoilt)).message,
      `${rule}, got a loss of NaN and classifier.weight as the first that is not finite in step 1 of epoch 1, at learning rate 0.1; lower the row's learning rate; no epoch was finished`,
    );
    const still = { ...stage, rateFactors: { weight: 0, bias: 0 } };
    t.is(
      (await failureOf(still, spoilt)).message,
      `${rule}, got a loss of NaN and weights that are all finite in step 1 of epoch 1, at learning rate 0.1; lower the row's learning rate; no epoch was finished`,
    );
  },
);
