import test from "ava";
import { formatDifference, formatMeasured, formatPercent } from "../../src/report/percent.ts";

test("formatPercent: two decimals, a dash for nothing", (t) => {
  t.deepEqual([62, 47.734, 0, null].map(formatPercent), ["62.00", "47.73", "0.00", "–"]);
});

test("formatDifference: always signed, and no sign for what rounds to nothing", (t) => {
  t.deepEqual([0.5, -0.5, 0.004, -0.004].map(formatDifference), ["+0.50", "−0.50", "±0.00", "±0.00"]);
});

const measured = {
  percent: 61.5,
  interval: null,
  stageOnes: [{ seed: 0, mean: 61.5, runs: 5 }],
  stageTwo: { deviation: 0.3, seeds: 5 },
  difference: null,
  gain: null,
  origin: "official",
  digest: "made-up",
  runs: [],
} as const;

test("formatMeasured: interval and difference only where there are such; the spread over stage II is no part of it", (t) => {
  t.deepEqual(
    [
      null,
      measured,
      { ...measured, interval: [61.1, 61.9] as const },
      { ...measured, difference: -0.5 },
      { ...measured, interval: [61.1, 61.9] as const, difference: 1 },
      { ...measured, percent: null },
    ].map((one) => formatMeasured(one)),
    ["–", "61.50", "61.50 [61.10, 61.90]", "61.50 (−0.50)", "61.50 [61.10, 61.90] (+1.00)", "–"],
  );
});

test("formatMeasured: gain over the base, its interval and the mark where there are such", (t) => {
  const withGain = (points: number, interval: readonly [number, number] | null) =>
    formatMeasured(
      {
        ...measured,
        difference: -1,
        gain: { points, interval, stageOnes: [], stageTwo: null, pairs: 3, differences: [] },
      },
      "‡",
    );
  t.is(withGain(0.6, [-0.2, 1.4]), "61.50‡ (−1.00) ↑0.60 [−0.20, +1.40]");
  t.is(withGain(-0.6, null), "61.50‡ (−1.00) ↓0.60");
  t.is(formatMeasured(null, "‡"), "–‡");
});
