import type { Scalar } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import type { BatchLoss } from "../../src/losses/batch-loss.ts";
import { targetLosses } from "../../src/training/target-losses.ts";

/** The sum of labels, and of a number that it draws. */
const drawing: BatchLoss = {
  inputs: { drawn: { shape: [], dtype: "float32" } },
  beginEpoch: (_epoch, stream) => () => ({ drawn: Float32Array.of(stream.uniform()) }),
  compute: (_outputs, labels, { drawn }) =>
    tf.add<Scalar>(tf.sum(tf.cast(labels, "float32")), drawn as Scalar),
};
const labelled = (label: number) => tf.tensor1d([label], "int32");

test("targets: losses are summed by share, with separate random numbers per target", (t) => {
  const losses = targetLosses(drawing, 2, 0, 1);
  t.deepEqual(Object.keys(losses.inputs), ["drawn0", "drawn1"]);
  const values = losses.beginEpoch(0)(1);
  const [first = 0, second = 0] = [values.drawn0?.[0], values.drawn1?.[0]];
  t.not(first, second);
  const inputs = { drawn0: tf.scalar(first), drawn1: tf.scalar(second) };
  const targets = [
    { labels: labelled(10), share: tf.scalar(0.75) },
    { labels: labelled(20), share: tf.scalar(0.25) },
  ];
  const loss = losses.compute([], targets, inputs).arraySync();
  t.true(Math.abs(loss - (0.75 * (10 + first) + 0.25 * (20 + second))) < 1e-5);
});

test("targets: a target without share has weight 1", (t) => {
  const losses = targetLosses(drawing, 1, 0, 2);
  t.is(losses.compute([], [{ labels: labelled(3) }], { drawn0: tf.scalar(0.5) }).arraySync(), 3.5);
});

test("targets: epochs, stages and seeds have separate draws, which are repeatable", (t) => {
  const first = (seed: number, stage: 1 | 2, epoch: number) =>
    targetLosses(drawing, 1, seed, stage).beginEpoch(epoch)(1).drawn0?.[0];
  const draws = [first(0, 1, 0), first(1, 1, 0), first(0, 2, 0), first(0, 1, 1)];
  t.is(new Set(draws).size, 4);
  t.is(first(0, 1, 0), draws[0]);
});
