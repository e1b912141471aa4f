import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { type CompiledStep, compile } from "../../src/engine/compile.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { UsageError } from "../../src/errors.ts";

const step = compile(({ x, labels, rate }) => ({ y: tf.mul(tf.sum(x), tf.mul(tf.sum(labels), rate)) }), {
  inputs: {
    x: { shape: [null, 2, 3], dtype: "float32" },
    labels: { shape: [null], dtype: "int32" },
    rate: { shape: [], dtype: "float32" },
  },
  variables: [],
});
const right = { x: new Float32Array(12), labels: new Int32Array(2), rate: Float32Array.of(1) };
const usage = (message: string) => ({ instanceOf: UsageError, message });

test("compiled step: a missing input is named", (t) => {
  const { rate: _rate, ...without } = right;
  const message = 'input "rate" is float32 [], got nothing; pass a Float32Array';
  t.throws(() => step.run(without as typeof right), usage(message));
});

test("compiled step: an input of another type is named", (t) => {
  const labels = 'input "labels" is int32 [batch], got Float32Array; pass a Int32Array';
  t.throws(() => step.run({ ...right, labels: new Float32Array(2) }), usage(labels));
  const x = 'input "x" is float32 [batch, 2, 3], got Array; pass a Float32Array';
  t.throws(() => step.run({ ...right, x: [1, 2] as unknown as Float32Array }), usage(x));
});

test("compiled step: a length that no batch has is named", (t) => {
  const x = (got: number) =>
    usage(`input "x" is float32 [batch, 2, 3], got ${got} values; pass a multiple of 6`);
  t.throws(() => step.run({ ...right, x: new Float32Array(13) }), x(13));
  t.throws(() => step.run({ ...right, x: new Float32Array(0) }), x(0));
  const rate = 'input "rate" is float32 [], got 2 values; pass 1 values';
  t.throws(() => step.run({ ...right, rate: new Float32Array(2) }), usage(rate));
});

test("compiled step: a refused input leaves it usable", (t) => {
  t.throws(() => step.run({ ...right, x: new Float32Array(13) }));
  const x = new Float32Array(12).fill(0.5);
  t.deepEqual([...step.run({ ...right, x, labels: Int32Array.of(1, 2) }).y], [18]);
});

for (const [name, read] of [
  ["dataSync", (x: Tensor) => x.dataSync()],
  ["arraySync", (x: Tensor) => x.arraySync()],
] as const) {
  test(`compiled step: ${name} while it is traced is an error, after which TensorFlow.js works as before`, (t) => {
    const before = tf.memory().numTensors;
    const reading = compile(
      ({ x }) => {
        read(x);
        return { x };
      },
      { inputs: { x: { shape: [null], dtype: "float32" } }, variables: [] },
    );
    const message =
      "a compiled step cannot read a tensor's values, since they would be frozen into the graph, " +
      "got a read-back (dataSync, arraySync, print or similar) while it was traced; " +
      "return the tensor from the step, or pass the number in as an input";
    t.throws(() => reading.run({ x: Float32Array.of(1) }), usage(message));
    t.is(tf.memory().numTensors, before);
    t.is(
      tf.tidy(() => tf.scalar(3).arraySync()),
      3,
    );
  });
}

test("compiled step: a failing step leaves its variables as they were, and no tensor", (t) => {
  const w = tf.variable(tf.scalar(2));
  const before = tf.memory().numTensors;
  const failing: CompiledStep<"x", "y"> = compile(
    ({ x }) => {
      w.assign(tf.add(w, tf.sum(x)));
      throw new Error("planted");
    },
    { inputs: { x: { shape: [null], dtype: "float32" } }, variables: [w] },
  );
  t.throws(() => failing.run({ x: Float32Array.of(1) }), { message: "planted" });
  t.is(w.arraySync(), 2);
  t.is(tf.memory().numTensors, before);
});

test("compiled step: running it after dispose is an error, disposing it twice is not", (t) => {
  const gone = compile(({ x }) => ({ x: tf.clone(x) }), {
    inputs: { x: { shape: [null], dtype: "float32" } },
    variables: [],
  });
  gone.run({ x: Float32Array.of(1) });
  gone.dispose();
  gone.dispose();
  const message =
    "a compiled step runs until it is disposed of, got a run after dispose(); compile the step again";
  t.throws(() => gone.run({ x: Float32Array.of(1) }), usage(message));
});
