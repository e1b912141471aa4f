import test from "ava";
import { withoutGradient } from "../../../src/engine/ops/without-gradient.ts";
import { tf } from "../../../src/engine/tensorflow.ts";

test("without gradient: a product with it has the gradient of its other factor alone", (t) => {
  const x = tf.tensor1d([3, -2]);
  const gradient = tf.grad((of) =>
    tf.mul(
      of,
      withoutGradient(() => tf.square(of)),
    ),
  )(x);
  t.deepEqual([...gradient.dataSync()], [9, 4]);
});

test("without gradient: it has the value of what it computes and leaves one tensor", (t) => {
  const x = tf.tensor1d([3, -2]);
  const before = tf.memory().numTensors;
  const value = withoutGradient(() => tf.mul(tf.square(x), 2));
  t.is(tf.memory().numTensors, before + 1);
  t.deepEqual([...value.dataSync()], [18, 8]);
});
