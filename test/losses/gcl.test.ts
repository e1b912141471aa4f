import type { Tensor2D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { cloudSizes, drawCloudNoise, gclLoss, gclLossOfLogits } from "../../src/losses/gcl.ts";
import { randomStream } from "../../src/random.ts";
import { testExtremeLogits, testLoss } from "../support/golden-losses.ts";

// One scale for both stages, so that the golden script needs one.
const stage1 = { scale: 30, margin: 0, noiseScale: 0.5 };
const stage2 = { ...stage1, margin: 0.1, focal: 1 };

testLoss("gclStage1", ([logits], labels, { classCounts, noise }) =>
  gclLossOfLogits(logits, labels, { ...stage1, classCounts, noise }),
);

testLoss("gclStage2", ([logits], labels, { classCounts, noise }) =>
  gclLossOfLogits(logits, labels, { ...stage2, classCounts, noise }),
);

testLoss(
  "gclStage2 of cosines",
  ([logits], labels, { classCounts, noise }) =>
    gclLoss(tf.div(logits, 30), labels, { ...stage2, classCounts, noise }),
  "gclStage2",
);

testExtremeLogits("gclStage2", (logits, labels) =>
  gclLossOfLogits(logits, labels, { ...stage2, classCounts: [5000, 100, 2], noise: tf.ones([3, 3]) }),
);

test("cloud sizes: 0 for the most frequent class, 1 for the rarest, by logarithms between; 0 if all are of one size", (t) => {
  const [most, middle = 0, least] = cloudSizes([5000, 500, 50]);
  t.deepEqual([most, least], [0, 1]);
  t.true(Math.abs(middle - 0.5) < 1e-12);
  t.deepEqual(cloudSizes([70, 70]), [0, 0]);
});

test("GCL: noise counts by its size up to 1, whatever its sign", (t) => {
  const logits = tf.tensor2d([1, -2, 0.5, 3, 0, -1], [2, 3]);
  const labels = tf.tensor1d([0, 2], "int32");
  const loss = (noise: number[]) =>
    gclLossOfLogits(logits, labels, {
      ...stage1,
      classCounts: [5, 3, 2],
      noise: tf.tensor2d(noise, [2, 3]),
    }).arraySync();
  t.is(loss([0.5, -0.25, -1.5, 7, -1, 0]), loss([-0.5, 0.25, 1, -1, 1, 0]));
  t.not(loss([0.5, -0.25, -1.5, 7, -1, 0]), loss([0.5, -0.25, -0.5, 7, -1, 0]));
});

test("cloud noise: one normal number a logit, of deviation 1/3, from its stream alone", (t) => {
  const draw = () => drawCloudNoise(200, 100, randomStream(3, "mixup"));
  const noise = draw();
  t.deepEqual(noise, draw());
  t.is(noise.length, 20_000);
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // Five standard errors of 20,000 draws.
  t.true(Math.abs(mean(noise)) < (5 / 3) * 20_000 ** -0.5);
  t.true(Math.abs(mean(noise.map((value) => value ** 2)) * 9 - 1) < 5 * (2 / 20_000) ** 0.5);
});

test("GCL: focal weights are constants to the gradient", (t) => {
  const labels = tf.tensor1d([0], "int32");
  const options = { ...stage1, classCounts: [5, 2], noise: tf.tensor2d([[0, 0]]), focal: 1 };
  const gradient = tf.grad((z) => gclLossOfLogits(z as Tensor2D, labels, options))(tf.zeros([1, 2]));
  // (1 − ½)·(p − onehot); with the weight's own gradient the first would be −0.4233.
  t.deepEqual([...gradient.dataSync()], [-0.25, 0.25]);
});
