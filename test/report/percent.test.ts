import test from "ava";
import { formatDifference, formatMeasured, formatPercent } from "../../src/report/percent.ts";

test("formatPercent: two decimals, a dash for nothing", (t) => {
  t.deepEqual([62, 47.734, 0, null].map(formatPercent), ["62.00", "47.73", "0.00", "–"]);
});

test("formatDifference: always signed, and no sign for what rounds to nothing", (t) => {
  t.deepEqual([0.5, -0.5, 0.004, -0.004].map(formatDifference), ["+0.50", "−0.50", "±0.00", "±0.00"]);
});

test("formatMeasured: spread and difference only where there are such", (t) => {
  const measured = {
    percent: 61.5,
    deviation: null,
    difference: null,
    gain: null,
    origin: "official",
    runs: [],
  } as const;
  t.deepEqual(
    [
      null,
      measured,
      { ...measured, deviation: 0.3 },
      { ...measured, difference: -0.5 },
      { ...measured, deviation: 0.3, difference: 1 },
      { ...measured, percent: null },
    ].map((one) => formatMeasured(one)),
    ["–", "61.50", "61.50 ± 0.30", "61.50 (−0.50)", "61.50 ± 0.30 (+1.00)", "–"],
  );
});

test("formatMeasured: gain over the base, its interval and the mark where there are such", (t) => {
  const measured = { percent: 61.5, deviation: 0.3, difference: -1, origin: "official", runs: [] } as const;
  const withGain = (points: number, interval: readonly [number, number] | null) =>
    formatMeasured({ ...measured, gain: { points, interval, pairs: 3 } }, "‡");
  t.is(withGain(0.6, [-0.2, 1.4]), "61.50‡ ± 0.30 (−1.00) ↑0.60 [−0.20, +1.40]");
  t.is(withGain(-0.6, null), "61.50‡ ± 0.30 (−1.00) ↓0.60");
  t.is(formatMeasured(null, "‡"), "–‡");
});
