import { readFileSync } from "node:fs";
import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { buildSgd } from "../../src/training/sgd.ts";
import { relativeError } from "../support/relative-error.ts";
import { sequence } from "../support/sequence.ts";

/** Made by `test/golden/make-training.py`. */
const golden = JSON.parse(readFileSync(new URL("../golden/training.json", import.meta.url), "utf8")) as {
  readonly rates: number[];
  readonly shapes: Readonly<Record<string, number[]>>;
  readonly sgd: readonly {
    readonly momentum: number;
    readonly nesterov: boolean;
    readonly weightDecay: number;
    readonly steps: readonly Readonly<Record<string, number[]>>[];
  }[];
};

const values = ({ size }: Tensor, seed: number) => Float32Array.from(sequence(size, seed));

for (const { steps, ...settings } of golden.sgd) {
  const { momentum, nesterov, weightDecay } = settings;
  const name = `momentum ${momentum}${nesterov ? " (Nesterov)" : ""}, weight decay ${weightDecay}`;
  test(`SGD: three steps equal PyTorch's, ${name}`, (t) => {
    const parameters = new Map(
      Object.entries(golden.shapes).map(([key, shape], place): [string, Variable] => {
        const zeros = tf.zeros(shape);
        return [key, tf.variable(tf.tensor(values(zeros, place), shape))];
      }),
    );
    const sgd = buildSgd(parameters, settings);
    for (const velocity of sgd.velocities.values()) t.true(velocity.dataSync().every((v) => v === 0));
    steps.forEach((expected, step) => {
      const gradients = Object.fromEntries(
        [...parameters.values()].map((parameter, place) => [
          parameter.name,
          tf.tensor(values(parameter, 10 * (step + 1) + place), parameter.shape),
        ]),
      );
      const before = tf.memory().numTensors;
      tf.tidy(() => sgd.update(gradients, tf.scalar(golden.rates[step] as number)));
      t.is(tf.memory().numTensors, before);
      for (const [key, parameter] of parameters) {
        const error = relativeError(parameter.dataSync(), expected[key] as number[]);
        t.true(error < 5e-7, `step ${step}, ${key}: off by ${error}`);
      }
    });
  });
}

test("SGD: single parameters learn slower, or not at all", (t) => {
  const parameters = new Map(["a", "b", "c"].map((name) => [name, tf.variable(tf.tensor1d([1]))]));
  const settings = { momentum: 0, nesterov: false, weightDecay: 0 };
  const sgd = buildSgd(parameters, settings, { b: 0.25, c: 0 });
  t.deepEqual([...sgd.parameters.keys()], ["a", "b"]);
  t.deepEqual([...sgd.velocities.keys()], ["a", "b"]);
  const gradients = Object.fromEntries(
    [...sgd.parameters.values()].map(({ name }) => [name, tf.tensor1d([1])]),
  );
  sgd.update(gradients, tf.scalar(0.5));
  t.deepEqual(
    [...parameters.values()].map((parameter) => parameter.dataSync()[0]),
    [0.5, 0.875, 1],
  );
});
