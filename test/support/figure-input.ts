import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import type { StoredRecord } from "../../src/runs/records.ts";
import { longTailedCounts } from "../../src/splits/long-tailed-counts.ts";
import { type MadeUp, madeUpRecord } from "./made-up-record.ts";

/** CIFAR-10-LT at ratio 100: head 0 to 2, medium 3 to 6, tail 7 to 9. */
const classCounts = longTailedCounts(5000, 10, 100);

/** A made-up record of a row on ten classes, with the counts of a long-tailed split. */
export function longTailedRecord(rowId: string, made: Partial<MadeUp> = {}): StoredRecord {
  const stored = madeUpRecord(findExperiment(rowId), {
    accuracy: { head: 0.8, medium: 0.6, tail: 0.4, all: 0.6 },
    ...made,
  });
  return { ...stored, record: { ...stored.record, data: { ...stored.record.data, classCounts } } };
}

/** A made-up confusion matrix of ten test images a class: of class c, c are taken for class 0 and the others recognised. */
export const madeUpConfusion: number[][] = classCounts.map((_, c) =>
  classCounts.map((_, label) => (label === 0 ? c : 0) + (label === c ? 10 - c : 0)),
);
