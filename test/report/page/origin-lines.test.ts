import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { commitsOf, machineOf } from "../../../src/report/page/origin-lines.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const accuracy = { head: 0.6, medium: 0.5, tail: 0.25, all: 0.48 };
const { record } = madeUpRecord(findExperiment("table-5/ce@glyphs-10"), { accuracy, profile: "demo" });

test("machineOf: of a run that went on by another engine each is told, with its epochs", (t) => {
  t.is(machineOf(record), "made-up CPU, 2 threads, oneDNN on");
  const before = { tensorflow: "2.21.0", threads: 1, oneDnn: false, device: "another CPU", commit: null };
  const provenance = { ...record.provenance, earlier: [{ ...before, untilEpoch: 3 }] };
  t.is(
    machineOf({ ...record, provenance }),
    "to epoch 3 another CPU, 1 thread, oneDNN off; then made-up CPU, 2 threads, oneDNN on",
  );
});

test("machineOf, commitsOf: of a run that went on by another commit of the kit the machine is told once, and both commits", (t) => {
  const { threads, oneDnn, device } = record.provenance;
  const before = { tensorflow: "2.21.0", threads, oneDnn, device, commit: "a".repeat(40) };
  const provenance = { ...record.provenance, earlier: [{ ...before, untilEpoch: 3 }] };
  t.is(machineOf({ ...record, provenance }), "made-up CPU, 2 threads, oneDNN on");
  t.deepEqual(commitsOf({ ...record, provenance }), ["a".repeat(12), "unknown"]);
});
