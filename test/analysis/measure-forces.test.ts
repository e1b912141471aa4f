import test from "ava";
import { measureForces } from "../../src/analysis/measure-forces.ts";
import { longTailedCounts } from "../../src/splits/long-tailed-counts.ts";

const classCounts = longTailedCounts(100, 10, 50);
/** Every head class's feature is f_h, every tail class's f_t = f_h + (3, −4). */
const feature = (c: number) => (c >= 7 ? [4, -2] : [1, 2]);
const labels = Int32Array.from({ length: 20 }, (_, i) => i % 10);
const draws = { features: Float32Array.from([...labels].flatMap(feature)), labels };
/** `[2 · 10]`: w of tail classes (1, 2), of head classes (5, 6). */
const weights = Float32Array.from(
  [0, 1].flatMap((channel) => [...labels.subarray(0, 10)].map((c) => (c >= 7 ? 1 : 5) + channel)),
);
const measure = (ratio: number, seed = 0) => measureForces({ weights, draws, classCounts, ratio, seed });

test("forces: every tail class with every head class", (t) => {
  const { ratio, draws: count, pairs } = measure(0.5);
  t.is(ratio, 0.5);
  t.is(count, 500);
  t.deepEqual(
    pairs.map(({ tail, head }) => [tail, head]),
    [7, 8, 9].flatMap((tail) => [0, 1, 2].map((head) => [tail, head])),
  );
});

test("forces: without replaced channels all count as kept, and the other way round", (t) => {
  // (1·3 − 2·4) / 5 and (5·3 − 6·4) / 5
  const lengths = { tail: 2.23607, head: 7.81025 };
  const whole = (share: number) => ({ tail: -1, head: -1.8, lengths, share });
  const [kept] = measure(0).pairs;
  t.deepEqual(kept, { tail: 7, head: 0, replaced: null, kept: whole(1) });
  const [replaced] = measure(1).pairs;
  t.deepEqual(replaced, { tail: 7, head: 0, replaced: whole(0), kept: null });
});

test("forces: means over masks, and in how many each inequality holds", (t) => {
  for (const { replaced, kept } of measure(0.5).pairs) {
    const share = replaced?.share ?? 0;
    t.true(Math.abs(share - 0.5) < 0.1, `channel 0 in ${share} of the masks`);
    const near = (of: number | undefined, expected: number) => t.true(Math.abs((of ?? 0) - expected) < 1e-4);
    // Alone, channel 0 projects to 1 and 5, so that Eq. 8 holds; channel 1 to −2 and −6, so that Eq. 10 holds where it is kept.
    near(replaced?.tail, share - 2 * (1 - share));
    near(replaced?.head, 5 * share - 6 * (1 - share));
    near(kept?.tail, -2 * share + (1 - share));
    near(kept?.head, -6 * share + 5 * (1 - share));
    t.is(kept?.share, share);
  }
});

test("forces: equal for an equal seed; a class without a drawn image has no pair", (t) => {
  t.deepEqual(measure(0.5), measure(0.5));
  t.notDeepEqual(measure(0.5), measure(0.5, 1));
  const without = measureForces({
    ...{ weights, classCounts, ratio: 0.5, seed: 0 },
    draws: { features: draws.features.subarray(0, 16), labels: labels.subarray(0, 8) },
  });
  t.deepEqual(
    without.pairs.map(({ tail, head }) => [tail, head]),
    [0, 1, 2].map((head) => [7, head]),
  );
});

test("forces: of a hundred classes the ten most frequent and the ten rarest", (t) => {
  const many = longTailedCounts(500, 100, 100);
  const every = Int32Array.from({ length: 100 }, (_, c) => c);
  const { pairs } = measureForces({
    ...{ weights: new Float32Array(100), classCounts: many, ratio: 0, seed: 0 },
    draws: { features: new Float32Array(100), labels: every },
  });
  t.is(pairs.length, 100);
  t.deepEqual([...new Set(pairs.map(({ tail }) => tail))], [90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
  t.deepEqual([...new Set(pairs.map(({ head }) => head))], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
