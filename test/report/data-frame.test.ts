import test from "ava";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { epochLines, toDataFrame } from "../../src/report/data-frame.ts";
import { madeUpRecord } from "../support/made-up-record.ts";

const accuracy = { head: 0.9, medium: 0.5, tail: null, all: 0.6 };
const records = [0, 1].map((seed) => madeUpRecord(findExperiment("table-5/bs-is"), { seed, accuracy }));

test("epoch lines: one an epoch of a run, an empty group is null", (t) => {
  const lines = epochLines(records);
  t.is(
    lines.length,
    records.reduce((sum, { record }) => sum + record.history.length, 0),
  );
  t.like(lines[0], {
    run: records[0]?.record.runId,
    keeper: "yours",
    dataset: "cifar100",
    imbalanceRatio: 100,
    stage: "classifier",
    seed: 0,
    tail: null,
  });
});

test("data frame: danfo.js groups the lines by run, and the maximum is the best epoch's", (t) => {
  const best = toDataFrame(records).groupby(["seed"]).col(["accuracy"]).max();
  const expected = records.map(({ record }) => [
    record.seed,
    Math.max(...record.history.map((entry) => entry.accuracy)),
  ]);
  t.deepEqual(best.values, expected);
});
