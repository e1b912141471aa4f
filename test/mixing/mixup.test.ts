import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { mixImages } from "../../src/mixing/mixup.ts";

const images: Tensor4D = tf.tensor4d([1, 2, 10, 20, 100, 200], [3, 1, 1, 2]);
const partner: Tensor1D = tf.tensor1d([1, 2, 0], "int32");

test("mixup: each image and its partner, by λ and 1 − λ", (t) => {
  const mixed = (lambda: number) => [...mixImages(images, partner, tf.scalar(lambda)).dataSync()];
  t.deepEqual(mixed(0.75), [3.25, 6.5, 32.5, 65, 75.25, 150.5]);
  t.deepEqual(mixed(1), [...images.dataSync()]);
  t.deepEqual(mixed(0), [10, 20, 100, 200, 1, 2]);
});

test("mixup: images stay as they were and no tensor but the result is left", (t) => {
  const before = tf.memory().numTensors;
  const result = tf.tidy(() => mixImages(images, partner, tf.scalar(0.5)));
  t.is(tf.memory().numTensors, before + 1);
  result.dispose();
  t.deepEqual([...images.dataSync()], [1, 2, 10, 20, 100, 200]);
});
