import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { checkGradient } from "./check-gradient.ts";

/** x³ whose gradient is what `of` says. */
const cubed = (of: (x: Tensor) => Tensor) => (x: Tensor) =>
  tf.customGrad((input, save) => {
    (save as (tensors: Tensor[]) => void)([input as Tensor]);
    return {
      value: tf.pow(input as Tensor, 3),
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, of(saved[0] as Tensor)),
    };
  })(x);

const x = tf.tensor1d([-1.5, -0.25, 0.75, 2]);

test("gradient check: the right gradient of every input passes", (t) => {
  t.notThrows(() =>
    checkGradient(
      cubed((at) => tf.mul(3, tf.square(at))),
      [x],
    ),
  );
  t.notThrows(() => checkGradient((a, b) => tf.mul(tf.sin(a as Tensor), b as Tensor), [x, tf.reverse(x)]));
});

test("gradient check: a factor off by a thousandth, a lost square and a NaN fail", (t) => {
  const wrong = { message: /^gradient of input 0 is off by / };
  t.throws(
    () =>
      checkGradient(
        cubed((at) => tf.mul(3.003, tf.square(at))),
        [x],
      ),
    wrong,
  );
  t.throws(
    () =>
      checkGradient(
        cubed((at) => tf.mul(3, at)),
        [x],
      ),
    wrong,
  );
  t.throws(
    () =>
      checkGradient(
        cubed((at) => tf.log(at)),
        [x],
      ),
    wrong,
  );
});

test("gradient check: a wrong gradient of the second input alone is named", (t) => {
  const product = (a: Tensor, b: Tensor) =>
    tf.customGrad((left, right) => ({
      value: tf.mul(left as Tensor, right as Tensor),
      gradFunc: (dy: Tensor) => [tf.mul(dy, b), tf.mul(dy, tf.neg(a))],
    }))(a, b);
  t.throws(() => checkGradient((a, b) => product(a as Tensor, b as Tensor), [x, tf.reverse(x)]), {
    message: "gradient of input 1 is off by 2.0",
  });
});

test("gradient check: inputs stay as they were and no tensor is left", (t) => {
  const before = tf.memory().numTensors;
  checkGradient((a) => tf.square(a as Tensor), [x]);
  t.is(tf.memory().numTensors, before);
  t.deepEqual([...x.dataSync()], [-1.5, -0.25, 0.75, 2]);
});
