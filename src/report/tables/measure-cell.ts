import type { GroupRule } from "../../evaluation/evaluate-predictions.ts";
import type { Metric } from "../../experiments/tables/table.ts";
import type { Evaluation, RunRecord } from "../../runs/record.ts";
import { type StoredRecord, stageOneSeed } from "../../runs/records.ts";
import { estimate, type Sample } from "../estimate.ts";
import { pairedGain } from "./paired-gain.ts";
import type { Measured, TableModel } from "./table-model.ts";

function percentOf(evaluation: Evaluation, metric: Metric, groupRule: GroupRule): number | null {
  const fraction = metric === "all" ? evaluation.accuracy : evaluation.groups[groupRule][metric];
  return fraction === null ? null : 100 * fraction;
}

/** What stands for the spread of a group without classes. */
const noEstimate = { value: null, interval: null, stageOnes: [], stageTwo: null } as const;

/**
 * One cell's number from the records of its row.
 *
 * @param records - of one row, profile, keeper and pack, in the order of seeds.
 * @param bases - records of the row's base, with which its own are paired; empty where it has none.
 * @param published - in percent; compared with unless on a stand-in.
 * @returns `null` without records.
 */
export function measureCell(
  records: readonly StoredRecord[],
  bases: readonly StoredRecord[],
  metric: Metric,
  published: number | null,
  { groupRule, epoch, standIn }: TableModel["options"],
): Measured | null {
  const [first] = records;
  if (first === undefined) return null;
  const numberOf = (record: RunRecord) => percentOf(record[epoch], metric, groupRule);
  const samples = records.flatMap(({ record }): Sample[] => {
    const value = numberOf(record);
    return value === null ? [] : [{ stageOneSeed: stageOneSeed(record), value }];
  });
  const { value: percent, ...spread } = estimate(samples) ?? noEstimate;
  const { origin, digest } = first.record.data;
  return {
    percent,
    ...spread,
    difference: percent === null || published === null || standIn !== null ? null : percent - published,
    gain: pairedGain(
      records.map(({ record }) => record),
      bases.map(({ record }) => record),
      numberOf,
    ),
    origin,
    digest,
    runs: records.map(({ record, file }) => ({
      runId: record.runId,
      seed: record.seed,
      fromSeed: record.configuration.from === null ? null : stageOneSeed(record),
      file,
      percent: numberOf(record),
      epoch: record[epoch].epoch,
    })),
  };
}
