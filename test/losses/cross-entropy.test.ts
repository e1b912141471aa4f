import { readFileSync } from "node:fs";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { crossEntropyLoss } from "../../src/losses/cross-entropy.ts";
import { checkGradient } from "../support/check-gradient.ts";
import { relativeError } from "../support/relative-error.ts";
import { sequence } from "../support/sequence.ts";

/** Made by `test/golden/make-training.py`. */
const golden = JSON.parse(readFileSync(new URL("../golden/training.json", import.meta.url), "utf8")) as {
  readonly labels: number[];
  readonly crossEntropy: readonly {
    readonly classWeights: number[] | null;
    readonly loss: number;
    readonly gradient: number[];
  }[];
};

const labels = tf.tensor1d(golden.labels, "int32");
const values = Float32Array.from(sequence(20, 1), (value) => 5 * value);
const logits = tf.tensor2d(values, [5, 4]);

for (const { classWeights, loss, gradient } of golden.crossEntropy) {
  const name = classWeights === null ? "cross-entropy" : "weighted cross-entropy";
  const options = classWeights === null ? {} : { classWeights };
  const f = (z?: Tensor) => crossEntropyLoss(z as Tensor2D, labels, options);

  test(`${name}: loss and gradient equal PyTorch's`, (t) => {
    t.deepEqual(f(logits).shape, []);
    t.true(relativeError(f(logits).dataSync(), [loss]) < 2e-7);
    t.true(relativeError(tf.grad(f)(logits).dataSync(), gradient) < 1e-6);
  });

  test(`${name}: gradient equals differences of the loss`, (t) => {
    t.notThrows(() => checkGradient(f, [logits]));
  });

  test(`${name}: no tensor but the result is left, and nothing is changed`, (t) => {
    const before = tf.memory().numTensors;
    const result = tf.tidy(() => f(logits));
    t.is(tf.memory().numTensors, before + 1);
    result.dispose();
    t.deepEqual([logits.dataSync(), [...labels.dataSync()]], [values, golden.labels]);
    t.deepEqual(classWeights, classWeights === null ? null : [0.25, 0.5, 1.25, 2]);
  });
}

test("weighted cross-entropy: equal weights, of any size, weigh nothing", (t) => {
  const loss = (w: number) => crossEntropyLoss(logits, labels, { classWeights: [w, w, w, w] }).arraySync();
  for (const w of [1, 0.125, 1024]) {
    t.true(relativeError([loss(w)], crossEntropyLoss(logits, labels).dataSync()) < 2e-7);
  }
});
