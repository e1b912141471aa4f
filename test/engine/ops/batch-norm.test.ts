import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { batchNormInference, batchNormTraining } from "../../../src/engine/ops/batch-norm.ts";
import { tf } from "../../../src/engine/tensorflow.ts";
import { checkGradient } from "../../support/check-gradient.ts";
import { relativeError } from "../../support/relative-error.ts";
import { sequence } from "../../support/sequence.ts";

const shape: [number, number, number, number] = [3, 2, 2, 2];
const channels = 2;
const perChannel = 12;
const x = Float32Array.from(sequence(24, 4), (value, i) => 3 * value + (i % channels));
const scale = Float32Array.of(0.5, 1.5);
const offset = Float32Array.of(-1, 0.25);
const mean = Float32Array.of(0.2, -0.3);
const variance = Float32Array.of(0.8, 2);

const ofChannel = (c: number) => Array.from(x).filter((_, i) => i % channels === c);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** γ (x − μ) / √(σ² + 1e-5) + β in double precision. */
const normalised = (means: ArrayLike<number>, variances: ArrayLike<number>) =>
  Array.from(x, (value, i) => {
    const of = (values: ArrayLike<number>) => values[i % channels] as number;
    return (of(scale) * (value - of(means))) / Math.sqrt(of(variances) + 1e-5) + of(offset);
  });

const batchMeans = [0, 1].map((c) => sum(ofChannel(c)) / perChannel);
const squares = [0, 1].map((c) => sum(ofChannel(c).map((value) => (value - (batchMeans[c] as number)) ** 2)));

const tensors = () => ({
  input: tf.tensor4d(x, shape),
  gamma: tf.tensor1d(scale),
  beta: tf.tensor1d(offset),
  runningMean: tf.variable(tf.tensor1d(mean)),
  runningVariance: tf.variable(tf.tensor1d(variance)),
});

test("batch norm in training: the batch's mean and biased variance normalise", (t) => {
  const { input, gamma, beta, runningMean, runningVariance } = tensors();
  const output = batchNormTraining(input, gamma, beta, runningMean, runningVariance);
  const expected = normalised(
    batchMeans,
    squares.map((all) => all / perChannel),
  );
  t.deepEqual(output.shape, shape);
  t.true(relativeError(output.dataSync(), expected) < 1e-6);
});

for (const factor of [0.1, 0.75]) {
  test(`batch norm in training: running statistics move by ${factor}, to the unbiased variance`, (t) => {
    const { input, gamma, beta, runningMean, runningVariance } = tensors();
    batchNormTraining(input, gamma, beta, runningMean, runningVariance, factor);
    const moved = (running: Float32Array, batch: readonly number[]) =>
      Array.from(running, (value, c) => (1 - factor) * value + factor * (batch[c] as number));
    const unbiased = squares.map((all) => all / (perChannel - 1));
    t.true(relativeError(runningMean.dataSync(), moved(mean, batchMeans)) < 1e-6);
    t.true(relativeError(runningVariance.dataSync(), moved(variance, unbiased)) < 1e-6);
  });
}

test("batch norm in inference: running statistics normalise and stay", (t) => {
  const { input, gamma, beta, runningMean, runningVariance } = tensors();
  const output = batchNormInference(input, gamma, beta, runningMean as Tensor1D, runningVariance as Tensor1D);
  t.true(relativeError(output.dataSync(), normalised(mean, variance)) < 1e-6);
  t.deepEqual([runningMean.dataSync(), runningVariance.dataSync()], [mean, variance]);
});

test("batch norm in training: gradients of input, scale and offset", (t) => {
  const { input, gamma, beta, runningMean, runningVariance } = tensors();
  const f = (...given: Tensor[]) => {
    const [a, b, c] = given as [Tensor4D, Tensor1D, Tensor1D];
    return batchNormTraining(a, b, c, runningMean, runningVariance);
  };
  t.notThrows(() => checkGradient(f, [input, gamma, beta]));
});

test("batch norm: neither mode leaves a tensor or changes its inputs", (t) => {
  const { input, gamma, beta, runningMean, runningVariance } = tensors();
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    batchNormTraining(input, gamma, beta, runningMean, runningVariance);
    batchNormInference(input, gamma, beta, runningMean as Tensor1D, runningVariance as Tensor1D);
  });
  t.is(tf.memory().numTensors, before);
  t.deepEqual([input.dataSync(), gamma.dataSync(), beta.dataSync()], [x, scale, offset]);
});
