import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { batchNormTraining } from "../../src/engine/ops/batch-norm.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { buildClassifier } from "../../src/models/classifier.ts";
import { pool } from "../../src/models/model.ts";
import { randomStream } from "../../src/random.ts";
import { checkGradient } from "../support/check-gradient.ts";
import { relativeError } from "../support/relative-error.ts";
import { sequence } from "../support/sequence.ts";

const [batch, size, classes] = [5, 3, 4];
const build = (experts: number) =>
  buildClassifier(
    { kind: "residualBranches" },
    { featureSize: experts * size, experts },
    classes,
    randomStream(0, "initialisation"),
  );
const mapOf = (experts: number, seed: number): Tensor4D => {
  const values = Float32Array.from(sequence(batch * 64 * experts * size, seed), (value) => value ** 2);
  return tf.tensor4d(values, [batch, 8, 8, experts * size]);
};

test("residual branches: before training, each head is the linear layer on what the engine's batch norm makes of the map", (t) => {
  const classifier = build(1);
  const map = mapOf(1, 1);
  const [mean, variance] = [tf.variable(tf.zeros([size])), tf.variable(tf.ones([size]))];
  const normalised = batchNormTraining(map, tf.ones([size]), tf.zeros([size]), mean, variance);
  const { weight, bias } = Object.fromEntries(classifier.parameters) as Record<string, Tensor>;
  const expected = tf.add(
    tf.matMul(pool(normalised), tf.reshape(weight as Tensor, [size, classes])),
    tf.reshape(bias as Tensor, [classes]),
  );
  for (const output of classifier.outputs(pool(map, 2), "training")) {
    t.true(relativeError(output.dataSync(), expected.dataSync()) < 2e-6);
  }
  const moved = [...classifier.statistics.values()].map((variable) => variable.dataSync());
  t.true(relativeError(moved[0] ?? [], mean.dataSync()) < 1e-6);
  t.true(relativeError(moved[1] ?? [], variance.dataSync()) < 1e-6);
});

test("residual branches: prediction adds the three outputs and updates no statistics", (t) => {
  const classifier = build(2);
  classifier.parameters.get("scale")?.assign(tf.tensor3d(Float32Array.from(sequence(9, 3)), [3, 1, size]));
  const features = pool(mapOf(2, 2), 2);
  const statistics = () => [...classifier.statistics.values()].map((variable) => [...variable.dataSync()]);
  const before = statistics();
  const outputs = classifier.outputs(features, "inference").map((output) => output.dataSync());
  t.is(outputs.length, 3);
  t.notDeepEqual(outputs[0], outputs[1]);
  const sum = Array.from(outputs[0] ?? [], (_, i) =>
    outputs.reduce((all, output) => all + (output[i] as number), 0),
  );
  t.true(relativeError(classifier.logits(features).dataSync(), sum) < 1e-6);
  t.deepEqual(statistics(), before);
});

test("residual branches: gradient of the features through the statistics of the batch", (t) => {
  const classifier = build(2);
  classifier.parameters.get("offset")?.assign(tf.tensor3d(Float32Array.from(sequence(9, 4)), [3, 1, size]));
  t.notThrows(() =>
    checkGradient(
      (x) => tf.stack([...classifier.outputs(x as Tensor2D, "training")]),
      // Means around 0 and second moments well above their squares.
      [tf.add(pool(mapOf(2, 5), 2), tf.tensor1d([...Array(6).fill(-0.3), ...Array(6).fill(1)]))],
    ),
  );
});

test("residual branches: a channel that is constant over the batch gives finite outputs and gradients", (t) => {
  const classifier = build(1);
  const constant = tf.fill([batch, 8, 8, size], 123.456) as Tensor4D;
  const parameters = [...classifier.parameters.values()];
  const { value, grads } = tf.variableGrads(
    () => tf.sum(tf.square(tf.stack([...classifier.outputs(pool(constant, 2), "training")]))).asScalar(),
    parameters,
  );
  for (const tensor of [value, ...Object.values(grads)]) t.true(tensor.dataSync().every(Number.isFinite));
});
