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
/** A usage error with a code, whose message names the input or value. */
const usage = (code: string, message?: RegExp) => ({
  instanceOf: UsageError,
  code,
  ...(message && { message }),
});

test("compiled step: a missing input is named", (t) => {
  const { rate: _rate, ...without } = right;
  t.throws(() => step.run(without as typeof right), usage("INPUT_MISSING", /"rate" \(float32 \[\]\)/));
});

test("compiled step: an input of another type is named", (t) => {
  const labels = usage("INPUT_TYPE", /Int32Array for input "labels" \(int32 \[batch\]\), got Float32Array;/);
  t.throws(() => step.run({ ...right, labels: new Float32Array(2) }), labels);
  const x = usage("INPUT_TYPE", /Float32Array for input "x" \(float32 \[batch, 2, 3\]\), got Array;/);
  t.throws(() => step.run({ ...right, x: [1, 2] as unknown as Float32Array }), x);
});

test("compiled step: a length that no batch has is named", (t) => {
  const x = (got: number) => usage("INPUT_LENGTH", new RegExp(`multiple of 6 .+"x".+ got ${got};`));
  t.throws(() => step.run({ ...right, x: new Float32Array(13) }), x(13));
  t.throws(() => step.run({ ...right, x: new Float32Array(0) }), x(0));
  const rate = usage("INPUT_LENGTH", /"rate" .+ got 2;/);
  t.throws(() => step.run({ ...right, rate: new Float32Array(2) }), rate);
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
    t.throws(() => reading.run({ x: Float32Array.of(1) }), usage("TENSOR_READ_IN_STEP"));
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
  t.throws(() => gone.run({ x: Float32Array.of(1) }), usage("STEP_DISPOSED"));
});
