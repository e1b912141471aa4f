import type { GroupRule } from "../evaluation/evaluate-predictions.ts";
import type { Evaluation } from "../paper/record.ts";
import type { StoredRecord } from "../paper/records.ts";
import type { Metric } from "../paper/table.ts";
import { pairedGain } from "./paired-gain.ts";
import { mean, sampleDeviation } from "./sample.ts";
import type { Measured, TableModel } from "./table-model.ts";

const origins = ["official", "re-encoded", "generated"] as const;

/** The records on one packing of the images: the official bytes where there are such, else the first digest. */
function onOneDigest(records: readonly StoredRecord[]): readonly StoredRecord[] {
  const [first] = [...records].sort(
    ({ record: { data: a } }, { record: { data: b } }) =>
      origins.indexOf(a.origin) - origins.indexOf(b.origin) || (a.digest < b.digest ? -1 : 1),
  );
  return records.filter(({ record }) => record.data.digest === first?.record.data.digest);
}

function percentOf(evaluation: Evaluation, metric: Metric, groupRule: GroupRule): number | null {
  const fraction = metric === "all" ? evaluation.accuracy : evaluation.groups[groupRule][metric];
  return fraction === null ? null : 100 * fraction;
}

/**
 * One cell's number from the records of its row.
 *
 * @param records - of one row, profile and keeper, in the order of seeds.
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
  const comparable = onOneDigest(records);
  const [first] = comparable;
  if (first === undefined) return null;
  const runs = comparable.map(({ record, file }) => ({
    runId: record.runId,
    seed: record.seed,
    fromSeed: record.configuration.from === null ? null : (record.fromSeed ?? record.seed),
    file,
    percent: percentOf(record[epoch], metric, groupRule),
    epoch: record[epoch].epoch,
  }));
  const values = runs.flatMap(({ percent }) => (percent === null ? [] : [percent]));
  const percent = values.length === 0 ? null : mean(values);
  return {
    percent,
    deviation: values.length > 1 ? sampleDeviation(values) : null,
    difference: percent === null || published === null || standIn !== null ? null : percent - published,
    gain: pairedGain(
      comparable.map(({ record }) => record),
      bases.map(({ record }) => record),
      (record) => percentOf(record[epoch], metric, groupRule),
    ),
    origin: first.record.data.origin,
    runs,
  };
}
