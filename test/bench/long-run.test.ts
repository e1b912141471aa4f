import test from "ava";
import type { LongRun, Sample } from "../../bench/soak/long-run.ts";
import { findingsOf, longRunSummary, rowLine } from "../../bench/soak/long-run-summary.ts";

/** A sample a minute for ten minutes; memory in MB, by minute. */
const longRun = (
  megabytes: (minute: number) => number,
  other: Partial<Omit<Sample, "minutes">> = {},
): LongRun => ({
  samples: Array.from({ length: 11 }, (_, minutes) => ({
    ...{ minutes, residentBytes: 1e6 * megabytes(minutes), descriptors: 20, handles: 2 },
    ...other,
  })),
  rows: [{ id: "quickstart/ce-mixup@glyphs-10", seed: 0, logged: 0.5, recomputed: 0.5 }],
});

test("long run: memory that grew in the first five minutes only is well", (t) => {
  const { slope, isWell } = findingsOf(longRun((minute) => 200 + 50 * Math.min(minute, 5)));
  t.is(slope, 0);
  t.true(isWell);
});

test("long run: after them memory may grow by less than a megabyte a minute, by the least-squares line", (t) => {
  // Half a megabyte up and down beside the line, whose least-squares slope over 5, …, 10 that changes by −3/35.
  const run = longRun((minute) => 200 + minute + (minute % 2 === 0 ? -0.5 : 0.5));
  const { slope, isWell } = findingsOf(run);
  t.true(Math.abs(slope - (1 - 3 / 35)) < 1e-9, String(slope));
  t.true(isWell);
  t.false(findingsOf(longRun((minute) => 200 + 1.01 * minute)).isWell);
});

test("long run: a descriptor that stays open with every epoch, or an accuracy that is not that of the weights, is not", (t) => {
  const run = longRun(() => 200);
  const leaking = run.samples.map((sample) => ({ ...sample, descriptors: 20 + sample.minutes }));
  t.false(findingsOf({ ...run, samples: leaking }).isWell);
  const drifted = [{ id: "quickstart/ce-mixup@glyphs-10", seed: 0, logged: 0.5, recomputed: 0.501 }];
  t.false(findingsOf({ ...run, rows: drifted }).isWell);
});

test("long run: it says what it saw, and of a short one that it says nothing", (t) => {
  const run = longRun((minute) => 200 + 0.5 * minute);
  t.regex(
    longRunSummary(run),
    /\| slope between them \| 0\.50 MB a minute \|\n\| descriptors \| 20 to 20 \|/,
  );
  t.is(
    longRunSummary({ ...run, samples: run.samples.slice(0, 4) }),
    "\nMemory settles in 5 minutes; a longer run tells how it goes on.\n",
  );
  t.is(
    rowLine(run.rows[0] as LongRun["rows"][number], run.samples[1] as Sample),
    "1.0 min: quickstart/ce-mixup@glyphs-10, seed 0: accuracy 50.00 % logged, 50.00 % recomputed; 201 MB, 20 descriptors, 2 handles\n",
  );
});
