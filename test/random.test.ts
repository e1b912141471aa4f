import test from "ava";
import { randomStream } from "../src/random.ts";
import {
  chiSquare,
  chiSquareLimit,
  kolmogorovSmirnov,
  kolmogorovSmirnovLimit,
  tally,
} from "./support/goodness-of-fit.ts";

const draws = <Value>(count: number, draw: () => Value) => Array.from({ length: count }, draw);
const equal = (size: number) => new Array<number>(size).fill(1 / size);

test("random: exact sequence for seed 0, order, epoch 3", (t) => {
  const stream = randomStream(0, "order", 3);
  t.deepEqual(Array.from(stream.permutation(8)), [1, 6, 5, 2, 0, 7, 3, 4]);
  t.is(stream.uniform(), 0.05684807755795762);
  t.is(stream.integer(10), 1);
  t.is(stream.normal(), 1.421476382736625);
  t.is(stream.beta(1, 1), 0.1510604219516319);
  t.is(stream.beta(0.2, 0.2), 0.01438107590135067);
});

test("random: a stream made again repeats itself, whatever other streams drew meanwhile", (t) => {
  const first = draws(5, () => randomStream(7, "mixup", 2)).map((stream) => stream.uniform());
  t.is(new Set(first).size, 1);
  const one = randomStream(7, "mixup", 2);
  const other = randomStream(7, "order", 2);
  const interleaved = draws(100, () => {
    other.normal();
    return one.uniform();
  });
  const again = randomStream(7, "mixup", 2);
  t.deepEqual(
    interleaved,
    draws(100, () => again.uniform()),
  );
});

test("random: seed, purpose and counters each give another stream", (t) => {
  const streams = [
    randomStream(0, "order"),
    randomStream(1, "order"),
    randomStream(0, "fusion"),
    randomStream(0, "order", 0),
    randomStream(0, "order", 1),
    randomStream(0, "order", 1, 1),
    randomStream(0, "order", 11),
  ];
  t.is(new Set(streams.map((stream) => stream.uniform())).size, streams.length);
});

test("random: the streams of two purposes are uncorrelated", (t) => {
  const order = randomStream(0, "order", 1);
  const augmentation = randomStream(0, "augmentation", 1);
  const cells = draws(16_000, () => order.integer(4) * 4 + augmentation.integer(4));
  t.true(chiSquare(tally(cells, 16), equal(16)) < chiSquareLimit[15]);
});

test("random: the first draws of consecutive epochs are uniform and uncorrelated", (t) => {
  const firsts = Array.from({ length: 8000 }, (_, epoch) => randomStream(0, "augmentation", epoch).uniform());
  t.true(kolmogorovSmirnov(firsts, (x) => x) < kolmogorovSmirnovLimit);
  const pairs = firsts.slice(1).map((x, i) => Math.floor(4 * x) * 4 + Math.floor(4 * (firsts[i] ?? 0)));
  t.true(chiSquare(tally(pairs, 16), equal(16)) < chiSquareLimit[15]);
});

test("random: whole numbers are uniform below the bound and never reach it", (t) => {
  const stream = randomStream(0, "fusion");
  const values = draws(20_000, () => stream.integer(10));
  t.deepEqual([Math.min(...values), Math.max(...values)], [0, 9]);
  t.true(chiSquare(tally(values, 10), equal(10)) < chiSquareLimit[9]);
});

test("random: each of the 24 orders of four things is equally likely", (t) => {
  const stream = randomStream(0, "order");
  const codes = draws(24_000, () => Array.from(stream.permutation(4)).join(""));
  const names = [...new Set(codes)].sort();
  t.is(names.length, 24);
  const counts = tally(
    codes.map((code) => names.indexOf(code)),
    24,
  );
  t.true(chiSquare(counts, equal(24)) < chiSquareLimit[23]);
});

test("random: permutations of 0 and 1 things", (t) => {
  const stream = randomStream(0, "order");
  t.deepEqual(stream.permutation(0), new Int32Array());
  t.deepEqual(stream.permutation(1), Int32Array.of(0));
});

/** Φ, to 7 decimals (Abramowitz and Stegun 7.1.26). */
function normalCumulative(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const k = 1 / (1 + 0.3275911 * z);
  const series =
    ((((1.061405429 * k - 1.453152027) * k + 1.421413741) * k - 0.284496736) * k + 0.254829592) * k;
  const upper = 0.5 * series * Math.exp(-z * z);
  return x < 0 ? upper : 1 - upper;
}

test("random: normal numbers follow the normal distribution with the mean and deviation asked for", (t) => {
  const stream = randomStream(0, "initialisation");
  const values = draws(20_000, () => stream.normal(3, 0.5));
  t.true(kolmogorovSmirnov(values, (x) => normalCumulative((x - 3) / 0.5)) < kolmogorovSmirnovLimit);
});

test("random: beta numbers follow Beta(1, 1), Beta(2, 2) and Beta(1/2, 1/2)", (t) => {
  const stream = randomStream(0, "mixup");
  const cumulative: readonly [parameter: number, (x: number) => number][] = [
    [1, (x) => x],
    [2, (x) => 3 * x ** 2 - 2 * x ** 3],
    [0.5, (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
  ];
  for (const [a, cdf] of cumulative) {
    const values = draws(10_000, () => stream.beta(a, a));
    t.true(kolmogorovSmirnov(values, cdf) < kolmogorovSmirnovLimit, `Beta(${a}, ${a})`);
  }
});
