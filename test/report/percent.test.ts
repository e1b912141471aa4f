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
    ].map(formatMeasured),
    ["–", "61.50", "61.50 ± 0.30", "61.50 (−0.50)", "61.50 ± 0.30 (+1.00)", "–"],
  );
});
