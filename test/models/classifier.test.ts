import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { buildClassifier, type ClassifierKind } from "../../src/models/classifier.ts";
import { disposeModel, modelVariables, pool } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { randomStream } from "../../src/random.ts";
import { checkGradient } from "../support/check-gradient.ts";
import { relativeError } from "../support/relative-error.ts";
import { sequence } from "../support/sequence.ts";

const features = tf.tensor2d(Float32Array.from(sequence(12, 7)), [3, 4]);
const rows = features.arraySync();
const stream = () => randomStream(0, "initialisation");
const build = (kind: ClassifierKind, experts = 1) =>
  buildClassifier(kind, { featureSize: 4, experts }, 5, stream());
const linear = build({ kind: "linear" });
const cosine = build({ kind: "cosine", scale: 30 });
const weightOf = ({ parameters }: typeof linear) => parameters.get("weight")?.arraySync() as number[][];
const column = (weight: number[][], c: number) => weight.map((row) => row[c] as number);
const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

test("linear classifier: logits are x W + b", (t) => {
  const bias = linear.parameters.get("bias")?.arraySync() as number[];
  const expected = rows.flatMap((x) => bias.map((b, c) => dot(x, column(weightOf(linear), c)) + b));
  t.true(relativeError(linear.logits(features).dataSync(), expected) < 1e-6);
});

test("cosine classifier: logits are 30 cos(x, w), of feature and weight of any length", (t) => {
  const expected = rows.flatMap((x) =>
    [0, 1, 2, 3, 4].map((c) => {
      const w = column(weightOf(cosine), c);
      return (30 * dot(x, w)) / Math.sqrt(dot(x, x) * dot(w, w));
    }),
  );
  t.true(relativeError(cosine.logits(features).dataSync(), expected) < 1e-6);
  t.true(relativeError(cosine.logits(tf.mul(features, 1e3)).dataSync(), expected) < 1e-6);
  cosine.parameters.get("weight")?.assign(tf.mul(cosine.parameters.get("weight") as Tensor2D, 5));
  t.true(relativeError(cosine.logits(features).dataSync(), expected) < 1e-6);
  t.deepEqual([...cosine.logits(tf.zeros([1, 4])).dataSync()], [0, 0, 0, 0, 0]);
});

test("scaled linear classifier: a linear one, each class times its scale, which starts at 1", (t) => {
  const scaled = build({ kind: "scaledLinear" });
  t.deepEqual([...scaled.parameters.keys()], ["weight", "bias", "scale"]);
  const plain = linear.logits(features).arraySync();
  t.deepEqual(scaled.logits(features).arraySync(), plain);
  const scales = [1, 2, 0.5, 0, -4];
  scaled.parameters.get("scale")?.assign(tf.tensor1d(scales));
  const expected = plain.map((z) => z.map((value, c) => value * (scales[c] as number)));
  t.deepEqual(tf.abs(scaled.logits(features)).arraySync(), tf.abs(tf.tensor2d(expected)).arraySync());
});

test("τ-normalised classifier: w / ‖w‖^τ without bias; τ = 0 leaves the weights, τ = 1 gives them unit length", (t) => {
  for (const tau of [0, 0.7, 1, 2]) {
    const classifier = build({ kind: "tauNormalised", tau });
    t.deepEqual([...classifier.parameters.keys()], ["weight"]);
    const expected = rows.flatMap((x) =>
      [0, 1, 2, 3, 4].map((c) => {
        const w = column(weightOf(classifier), c);
        return dot(x, w) / dot(w, w) ** (tau / 2);
      }),
    );
    t.true(relativeError(classifier.logits(features).dataSync(), expected) < 1e-6);
  }
});

test("classifier per expert: each reads its own channels, and the mean of their logits predicts", (t) => {
  const classifier = build({ kind: "perExpert", of: { kind: "linear" } }, 2);
  const names = ["expert1.weight", "expert1.bias", "expert2.weight", "expert2.bias"];
  t.deepEqual([...classifier.parameters.keys()], names);
  const [weight1, bias1, weight2, bias2] = [...classifier.parameters.values()].map((v) => v.arraySync());
  const expected = [
    [weight1, bias1, 0],
    [weight2, bias2, 2],
  ].map(([weight, bias, from]) =>
    rows.map((x) =>
      (bias as number[]).map((b, c) => {
        const own = x.slice(from as number, (from as number) + 2);
        return dot(own, column(weight as number[][], c)) + b;
      }),
    ),
  );
  const outputs = classifier.outputs(features, "training").map((output) => output.arraySync());
  t.true(relativeError(outputs.flat(2), expected.flat(2)) < 1e-6);
  const [first, second] = expected.map((head) => head.flat()) as [number[], number[]];
  const mean = first.map((value, i) => (value + (second[i] as number)) / 2);
  t.true(relativeError(classifier.logits(features).dataSync(), mean) < 1e-6);
});

test("classifiers: gradient of the features; plain ones have one head, which is what they predict with", (t) => {
  const several = build({ kind: "perExpert", of: { kind: "cosine", scale: 2 } }, 2);
  const plain = [linear, cosine, build({ kind: "scaledLinear" }), build({ kind: "tauNormalised", tau: 0.5 })];
  for (const classifier of [...plain, several]) {
    t.is(classifier.moments, 1);
    t.is(classifier.statistics.size, 0);
    t.notThrows(() => checkGradient((x) => classifier.logits(x as Tensor2D), [features]));
  }
  for (const { outputs, logits } of plain) {
    t.deepEqual(
      outputs(features, "training").map((output) => output.arraySync()),
      [logits(features).arraySync()],
    );
  }
});

test("classifiers: drawn as published", (t) => {
  const [d, numClasses] = [64, 1000];
  const he = buildClassifier(
    { kind: "linear" },
    { featureSize: d, experts: 1 },
    numClasses,
    stream(),
  ).parameters;
  const weights = he.get("weight")?.dataSync() as Float32Array;
  const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
  const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
  // Five standard errors of 64,000 draws from N(0, 2/64).
  t.true(Math.abs(mean) < 5 * Math.sqrt(2 / d / weights.length));
  t.true(Math.abs(variance * (d / 2) - 1) < 5 * Math.sqrt(2 / weights.length));
  const biases = he.get("bias")?.dataSync() as Float32Array;
  t.true(biases.every((b) => Math.abs(b) <= 0.125));
  t.true(Math.max(...biases) > 0.12 && Math.min(...biases) < -0.12);
  const unit = buildClassifier(
    { kind: "cosine", scale: 1 },
    { featureSize: d, experts: 1 },
    10,
    stream(),
  ).parameters;
  t.deepEqual([...unit.keys()], ["weight"]);
  const lengths = tf.norm(unit.get("weight") as Tensor, 2, 0).dataSync();
  t.true(relativeError(lengths, new Array<number>(10).fill(1)) < 1e-6);
});

test("ResNet-32: equal for a seed, another for another, and gone without a trace when disposed of", (t) => {
  const before = tf.memory().numTensors;
  const values = (seed: number) => {
    const model = resnet32(10, { seed });
    const names = [...modelVariables(model).keys()];
    const filter = model.backbone.parameters.get("stage3.block5.convolution2.filter");
    const found = { names, filter: [...(filter?.dataSync().slice(0, 50) ?? [])] };
    disposeModel(model);
    return found;
  };
  const first = values(0);
  t.deepEqual(values(0), first);
  t.notDeepEqual(values(1).filter, first.filter);
  t.is(new Set(first.names).size, first.names.length);
  t.is(first.names.length, 31 * 5 + 2);
  t.is(tf.memory().numTensors, before);
});

test("pooling: the mean of each channel over the pixels and, on demand, the mean of its squares", (t) => {
  const map = tf.tensor4d([1, 10, 2, 20, 3, 30, 6, 60], [1, 2, 2, 2]);
  t.deepEqual(pool(map).arraySync(), [[3, 30]]);
  t.deepEqual(pool(map, 2).arraySync(), [[3, 30, 12.5, 1250]]);
});
