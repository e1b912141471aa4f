import test from "ava";
import { compile } from "../../src/engine/compile.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { relativeError } from "../support/relative-error.ts";
import { smallBatch, smallStep, smallStepInputs, tensorsOf } from "../support/small-step.ts";

type Small = ReturnType<typeof smallStep>;

const compiledTraining = (small: Small) =>
  compile(small.train, { inputs: smallStepInputs, variables: small.variables });
const compiledPrediction = (small: Small) =>
  compile(small.predict, { inputs: { images: smallStepInputs.images }, variables: small.variables });
const eagerLoss = (small: Small, k: number, count: number) =>
  tf.tidy(() => small.train(tensorsOf(smallBatch(k, count))).loss.dataSync()[0] as number);
const eagerLogits = (small: Small, k: number, count: number) =>
  tf.tidy(() => small.predict(tensorsOf(smallBatch(k, count))).logits.dataSync());
/** Error of all variables of one network against another's. */
const variableErrors = (ours: Small, reference: Small) =>
  ours.variables.map((variable, i) =>
    relativeError(variable.dataSync(), reference.variables[i]?.dataSync() ?? []),
  );

test("compiled step: losses and every variable equal the eager ones after 20 steps, batches of 8 and 5", (t) => {
  const [eager, small] = [smallStep(), smallStep()];
  const step = compiledTraining(small);
  const losses = { eager: [] as number[], compiled: [] as number[] };
  for (let k = 0; k < 20; k++) {
    const count = k % 4 === 3 ? 5 : 8;
    losses.eager.push(eagerLoss(eager, k, count));
    losses.compiled.push(step.run(smallBatch(k, count)).loss[0] as number);
  }
  step.writeBack();
  t.true(relativeError(losses.compiled, losses.eager) < 1e-5);
  for (const error of variableErrors(small, eager)) t.true(error < 1e-4, `off by ${error}`);
  // The comparison would be empty if training moved nothing.
  const untrained = smallStep();
  for (const error of variableErrors(eager, untrained)) t.true(error > 1e-2, `moved by ${error} only`);
  step.dispose();
});

test("compiled step: tracing itself changes no variable, and the first run is one step", (t) => {
  const [eager, small] = [smallStep(), smallStep()];
  const step = compiledTraining(small);
  eagerLoss(eager, 0, 4);
  step.run(smallBatch(0, 4));
  step.writeBack();
  for (const error of variableErrors(small, eager)) t.true(error < 1e-5, `off by ${error}`);
  step.dispose();
});

test("compiled steps: training and prediction share the variables, without writing them back", (t) => {
  const [eager, small] = [smallStep(), smallStep()];
  const training = compiledTraining(small);
  const prediction = compiledPrediction(small);
  const { images } = smallBatch(50, 6);
  for (let k = 0; k < 3; k++) {
    eagerLoss(eager, k, 8);
    training.run(smallBatch(k, 8));
    t.true(relativeError(prediction.run({ images }).logits, eagerLogits(eager, 50, 6)) < 1e-5);
  }
  training.dispose();
  t.true(relativeError(prediction.run({ images }).logits, eagerLogits(eager, 50, 6)) < 1e-5);
  prediction.dispose();
});

test("compiled steps: assigning a variable between runs is seen by each of them", (t) => {
  const [eager, small] = [smallStep(), smallStep()];
  const training = compiledTraining(small);
  const prediction = compiledPrediction(small);
  const { images } = smallBatch(50, 6);
  for (let k = 0; k < 3; k++) {
    eagerLoss(eager, k, 8);
    training.run(smallBatch(k, 8));
    for (const { classifier } of [eager, small]) {
      classifier.get("bias")?.assign(tf.tensor1d([k, -k, 2 * k, 0.5]));
    }
    t.true(relativeError(prediction.run({ images }).logits, eagerLogits(eager, 50, 6)) < 1e-5);
  }
  eagerLoss(eager, 3, 8);
  training.run(smallBatch(3, 8));
  training.writeBack();
  for (const error of variableErrors(small, eager)) t.true(error < 1e-4, `off by ${error}`);
  training.dispose();
  prediction.dispose();
});

test("compiled step: each batch size is traced exactly once", (t) => {
  let traces = 0;
  const w = tf.variable(tf.scalar(0));
  const step = compile(
    ({ x }) => {
      traces += 1;
      w.assign(tf.add(w, tf.sum(x)));
      return { w: tf.clone(w), doubled: tf.mul(x, 2) };
    },
    { inputs: { x: { shape: [null], dtype: "float32" } }, variables: [w] },
  );
  const results = [[1, 2], [3, 4, 5], [6, 7], [8]].map((values) =>
    step.run({ x: Float32Array.from(values) }),
  );
  t.deepEqual(
    results.map((result) => [...result.w]),
    [[3], [15], [28], [36]],
  );
  t.deepEqual([...(results[1]?.doubled ?? [])], [6, 8, 10]);
  t.is(traces, 3);
  step.dispose();
  t.is(w.arraySync(), 36);
});

test("compiled step: inputs are left as they are and may be reused, results stay", (t) => {
  const step = compile(({ x }) => ({ same: tf.clone(x), more: tf.add(x, 1) }), {
    inputs: { x: { shape: [null], dtype: "float32" } },
    variables: [],
  });
  const x = Float32Array.of(1, 2);
  const first = step.run({ x });
  t.deepEqual(x, Float32Array.of(1, 2));
  x.fill(9);
  const second = step.run({ x });
  t.deepEqual(first, { same: Float32Array.of(1, 2), more: Float32Array.of(2, 3) });
  t.deepEqual(second, { same: Float32Array.of(9, 9), more: Float32Array.of(10, 10) });
  step.dispose();
});
