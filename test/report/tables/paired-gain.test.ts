import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { pairedGain } from "../../../src/report/tables/paired-gain.ts";
import { type MadeUp, madeUpRecord } from "../../support/made-up-record.ts";

const group = { head: 0.6, medium: 0.5, tail: 0.25 };
const recordsOf =
  (id: string) =>
  (accuracies: readonly number[], made: Partial<MadeUp> = {}) =>
    accuracies.map((all, seed) => {
      const { record } = madeUpRecord(findExperiment(id), { accuracy: { ...group, all }, seed, ...made });
      return record;
    });
const [ce, dr, bsIs] = [recordsOf("table-5/ce"), recordsOf("table-5/dr"), recordsOf("table-5/bs-is")];
const gainOf = (runs: ReturnType<typeof dr>, bases: ReturnType<typeof dr>) =>
  pairedGain(runs, bases, ({ last }) => 100 * last.accuracy);
const near = (value: number | undefined, expected: number) =>
  Math.abs((value ?? Number.NaN) - expected) < 1e-5;

test("pairedGain: pairs after three stages I give the mean difference and the 95 % interval of Student's t", (t) => {
  const gain = gainOf(bsIs([0.46, 0.49, 0.47]), dr([0.45, 0.46, 0.45]));
  t.is(gain?.pairs, 3);
  // Differences 1, 3 and 2: mean 2, standard deviation 1; t(0.975, 2) = 4.30265 by the printed tables; over √3.
  const half = 4.30265 / Math.sqrt(3);
  const [low, high] = gain?.interval ?? [];
  t.true(near(gain?.points, 2) && near(low, 2 - half) && near(high, 2 + half));
});

test("pairedGain: five stages I take four degrees of freedom", (t) => {
  const interval = gainOf(bsIs([0.41, 0.42, 0.43, 0.44, 0.45]), dr([0.4, 0.4, 0.4, 0.4, 0.4]))?.interval;
  // Differences 1 to 5: mean 3, variance 10/4; t(0.975, 4) = 2.77645.
  t.true(near(interval?.[1], 3 + 2.77645 * Math.sqrt(2.5 / 5)));
});

test("pairedGain: fewer than three stages I have no interval", (t) => {
  const gain = gainOf(bsIs([0.46, 0.49]), dr([0.45, 0.46, 0.45]));
  t.deepEqual([gain?.pairs, gain?.interval], [2, null]);
  t.true(near(gain?.points, 2));
});

test("pairedGain: stage-II seeds of one stage I count once, however many they are", (t) => {
  const after = (runs: ReturnType<typeof dr>, from: string, fromSeed: number) =>
    runs.map((run) => ({ ...run, fromSeed, configuration: { ...run.configuration, from } }));
  const starts = ["0000000000000000", "1111111111111111", "2222222222222222"];
  const ours = [[0.46, 0.48], [0.47], [0.5, 0.5, 0.5]];
  const runs = starts.flatMap((from, i) => after(bsIs(ours[i] ?? []), from, i));
  const bases = starts.flatMap((from, i) => after(dr([0.45, 0.45, 0.45]), from, i));
  const gain = gainOf(runs, bases);
  // Means 2, 2 and 5: mean 3, variance 3; t(0.975, 2) = 4.30265 by the printed tables.
  const half = (4.30265 * Math.sqrt(3)) / Math.sqrt(3);
  t.true(near(gain?.points, 3) && near(gain?.interval?.[0], 3 - half));
  t.deepEqual([gain?.pairs, gain?.stageOnes.map((one) => one.runs)], [6, [2, 1, 3]]);
  const one = gainOf(runs.slice(0, 2), bases);
  t.deepEqual([one?.pairs, one?.interval], [2, null]);
  // Differences 1 and 3 after one stage I.
  t.true(near(one?.stageTwo?.deviation, Math.SQRT2));
});

test("pairedGain: a run without its base's run of the same seed is left out", (t) => {
  t.is(gainOf(bsIs([0.46]), dr([0.45]).slice(1)), null);
  t.is(gainOf(bsIs([0.46, 0.47]), dr([0.45]))?.pairs, 1);
});

test("pairedGain: equal seeds after different stages I are no pair, nor are runs on other images", (t) => {
  const [base] = dr([0.45]);
  const [elsewhere] = dr([0.45], { digest: "other" });
  if (base === undefined || elsewhere === undefined) return t.fail();
  t.is(gainOf(bsIs([0.46]), [elsewhere]), null);
  const from = "0123456789abcdef";
  t.is(gainOf(bsIs([0.46]), [{ ...base, configuration: { ...base.configuration, from } }]), null);
});

test("pairedGain: a base that is the stage I itself is paired with every run after it", (t) => {
  const [start] = ce([0.4]);
  const [first, second] = bsIs([0.46, 0.48]);
  if (!start || !first || !second) return t.fail();
  const later = { ...second, configuration: { ...second.configuration, from: start.runId } };
  const gain = gainOf([first, later], [start]);
  t.is(gain?.pairs, 2);
  t.true(near(gain?.points, 7));
});

test("pairedGain: a group without classes has no gain", (t) => {
  t.is(
    pairedGain(bsIs([0.4]), dr([0.4]), () => null),
    null,
  );
});
