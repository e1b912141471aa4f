import type { Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { UsageError } from "../../src/errors.ts";
import { drawChannelMask, fuseHeadToTail } from "../../src/fusion/head-to-tail.ts";
import { pool } from "../../src/models/model.ts";
import { randomStream } from "../../src/random.ts";
import { chiSquare, tally } from "../support/goodness-of-fit.ts";
import { relativeError } from "../support/relative-error.ts";
import { sequence } from "../support/sequence.ts";

const shape: [number, number, number, number] = [3, 2, 4, 64];
const channels = 64;
const featureMap = (seed: number): Tensor4D =>
  tf.tensor4d(Float32Array.from(sequence(3 * 8 * 64, seed)), shape);
const mask = (ratio: number): Tensor1D =>
  tf.tensor1d(drawChannelMask(ratio, channels, randomStream(0, "fusion")));
const count = (values: Iterable<number>) => [...values].filter((value) => value === 1).length;

test("head-to-tail fusion: masked channels are the fusing ones, the others the fused ones, bit for bit", (t) => {
  const [fused, fusing] = [featureMap(1), featureMap(2)];
  const chosen = mask(0.3);
  const ours = fuseHeadToTail(fused, fusing, chosen).dataSync();
  const [a, b, m] = [fused.dataSync(), fusing.dataSync(), chosen.dataSync()];
  t.deepEqual(
    ours,
    a.map((value, i) => (m[i % channels] === 1 ? (b[i] as number) : value)),
  );
});

test("head-to-tail fusion: p = 0 leaves the fused batch, p = 1 gives the fusing one", (t) => {
  const [fused, fusing] = [featureMap(1), featureMap(2)];
  t.deepEqual(fuseHeadToTail(fused, fusing, mask(0)).dataSync(), fused.dataSync());
  t.deepEqual(fuseHeadToTail(fused, fusing, mask(1)).dataSync(), fusing.dataSync());
});

test("head-to-tail fusion: pooling fused maps equals fusing pooled ones", (t) => {
  const [fused, fusing, chosen] = [featureMap(1), featureMap(2), mask(0.4)];
  const pooledLast = pool(fuseHeadToTail(fused, fusing, chosen));
  const pooledFirst: Tensor2D = fuseHeadToTail(pool(fused), pool(fusing), chosen);
  t.true(relativeError(pooledFirst.dataSync(), pooledLast.dataSync()) < 1e-6);
});

test("head-to-tail fusion: inputs stay as they were and no tensor but the result is left", (t) => {
  const given = [featureMap(1), featureMap(2), mask(0.3)] as const;
  const values = given.map((tensor) => tensor.dataSync().slice());
  const before = tf.memory().numTensors;
  const result = tf.tidy(() => fuseHeadToTail(...given));
  t.is(tf.memory().numTensors, before + 1);
  result.dispose();
  t.deepEqual(
    given.map((tensor) => tensor.dataSync()),
    values,
  );
});

test("head-to-tail fusion: shapes that do not fit are named", (t) => {
  const wrong = (fused: number[], fusing: number[], m: number) => () =>
    fuseHeadToTail(tf.zeros(fused), tf.zeros(fusing), tf.zeros([m]) as Tensor1D);
  const refused = (refusal: () => unknown, shapes: string) => {
    const error = t.throws(refusal, { instanceOf: UsageError, code: "FUSION_SHAPES_MISMATCH" });
    t.true(error?.message.includes(shapes), error?.message);
  };
  refused(wrong([4, 8], [3, 8], 8), "[4,8], [3,8] and [8]");
  refused(wrong([4, 8], [4, 8], 4), "[4,8], [4,8] and [4]");
  refused(wrong([4, 1], [4, 8], 8), "[4,1], [4,8] and [8]");
});

test("channel mask: ⌊p·d⌋ channels of 64 and of 2048", (t) => {
  const ones = (ratio: number, d: number) => count(drawChannelMask(ratio, d, randomStream(0, "fusion")));
  t.deepEqual(
    [0, 0.01, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.999, 1].map((ratio) => ones(ratio, 64)),
    [0, 0, 6, 12, 16, 19, 25, 32, 63, 64],
  );
  t.is(ones(0.3, 2048), 614);
});

test("channel mask: exact for a seed, another at the next draw", (t) => {
  const stream = randomStream(0, "fusion", 2, 0);
  t.deepEqual([...drawChannelMask(0.5, 8, stream)], [0, 0, 1, 0, 1, 0, 1, 1]);
  t.deepEqual([...drawChannelMask(0.5, 8, stream)], [1, 1, 0, 1, 0, 1, 0, 0]);
});

test("channel mask: every channel, and every pair of channels, is chosen equally often", (t) => {
  const stream = randomStream(1, "fusion");
  const draws = 6000;
  const pairs: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const m = drawChannelMask(0.5, 4, stream);
    const [first = -1, second = -1] = [0, 1, 2, 3].filter((channel) => m[channel] === 1);
    pairs.push([1, 2, 3, 6, 7, 11].indexOf(4 * first + second));
  }
  // χ² with 5 degrees of freedom exceeds 20.5 once in a thousand seeds.
  t.true(chiSquare(tally(pairs, 6), new Array<number>(6).fill(1 / 6)) < 20.5);
});

for (const wrong of [-0.1, 1.01, Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`channel mask: p = ${wrong} is an error`, (t) => {
    t.throws(() => drawChannelMask(wrong, 64, randomStream(0, "fusion")), {
      instanceOf: UsageError,
      code: "FUSION_RATIO_OUT_OF_RANGE",
      message: new RegExp(`\\[0, 1\\], got ${wrong};`),
    });
  });
}
