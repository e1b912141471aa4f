import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { softmaxCrossEntropy } from "../../../src/engine/ops/softmax-cross-entropy.ts";
import { tf } from "../../../src/engine/tensorflow.ts";
import { checkGradient } from "../../support/check-gradient.ts";
import { relativeError } from "../../support/relative-error.ts";
import { sequence } from "../../support/sequence.ts";

const labels = tf.tensor1d([1, 0, 2, 2], "int32");
const values = Float32Array.from(sequence(12, 5), (value) => 4 * value);

test("softmax cross-entropy: each example's −log softmax at its label", (t) => {
  const expected = Array.from(labels.dataSync(), (label, b) => {
    const row = Array.from(values.subarray(3 * b, 3 * b + 3));
    return Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0)) - (row[label] as number);
  });
  const ours = softmaxCrossEntropy(tf.tensor2d(values, [4, 3]), labels);
  t.true(relativeError(ours.dataSync(), expected) < 1e-6);
});

test("softmax cross-entropy: logits of ±10,000 give exact, finite values and gradients", (t) => {
  const logits = tf.tensor2d([1e4, -1e4, 0, -1e4, 1e4, 1e4], [2, 3]);
  const f = (z: Tensor) => softmaxCrossEntropy(z as Tensor2D, tf.tensor1d([1, 2], "int32"));
  t.deepEqual([...f(logits).dataSync()], [2e4, Math.fround(Math.LN2)]);
  t.deepEqual([...tf.grad(f)(logits).dataSync()], [1, -1, 0, 0, 0.5, -0.5]);
});

test("softmax cross-entropy: gradient of the logits", (t) => {
  const f = (z?: Tensor) => softmaxCrossEntropy(z as Tensor2D, labels);
  t.notThrows(() => checkGradient(f, [tf.tensor2d(values, [4, 3])]));
});
