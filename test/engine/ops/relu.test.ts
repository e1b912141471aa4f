import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { relu } from "../../../src/engine/ops/relu.ts";
import { tf } from "../../../src/engine/tensorflow.ts";
import { checkGradient } from "../../support/check-gradient.ts";

test("ReLU: positive values pass, others become 0, and the input is unchanged", (t) => {
  const x = tf.tensor2d([-1, 0, 2, Number.NEGATIVE_INFINITY, 1e-30, -1e-30], [2, 3]);
  t.deepEqual(relu(x).arraySync(), [
    [0, 0, 2],
    [0, Math.fround(1e-30), 0],
  ]);
  t.deepEqual([...x.dataSync()].slice(0, 3), [-1, 0, 2]);
});

test("ReLU: the gradient passes where the input is positive, and not at 0", (t) => {
  const x = tf.tensor1d([-1.5, -0.25, 0.5, 2]);
  t.notThrows(() => checkGradient((a) => relu(a as Tensor), [x]));
  t.deepEqual(
    [
      ...tf
        .grad((a) => relu(a))(tf.tensor1d([-1, 0, 1]))
        .dataSync(),
    ],
    [0, 0, 1],
  );
});
