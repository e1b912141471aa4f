import type { Profile } from "../../paper/experiment.ts";
import { recordsOf, type StoredRecord } from "../../paper/records.ts";
import { findExperiment } from "../../paper/rows/experiments.ts";
import type { Metric } from "../../paper/table.ts";
import { measureCell } from "../measure-cell.ts";
import { meanGain } from "../paired-gain.ts";
import type { Gain, Measured, TableModel } from "../table-model.ts";

/** Which epoch of a run counts: the paper's choice, on the test set, or the last one. */
export const chosenEpochs = ["bestOnTest", "last"] as const;
export type ChosenEpoch = (typeof chosenEpochs)[number];
export const epochTitles = { bestOnTest: "best on test", last: "last" } as const;

/** Where a number of the study stands. */
export interface Place {
  readonly rowId: string;
  readonly metric: Metric;
  readonly epoch: ChosenEpoch;
}

/** What the records say of rows under one profile. */
export interface Study {
  readonly profile: Profile;
  /** A row's number, paired with its base; `null` without a record. */
  measured(place: Place): Measured | null;
  /** Mean of a − b, seed by seed; `null` without a common seed. */
  difference(a: Place, b: Place): Gain | null;
}

/**
 * Looks numbers up in records.
 *
 * @param records - as `readRecords` returns them; those that ship with the kit count.
 */
export function studyOf(records: readonly StoredRecord[], profile: Profile): Study {
  const shipped = records.filter(({ keeper }) => keeper === "shipped");
  const found = new Map<string, readonly StoredRecord[]>();
  const of = (rowId: string) => {
    const known = found.get(rowId) ?? recordsOf(shipped, findExperiment(rowId), profile);
    found.set(rowId, known);
    return known;
  };
  const measured = ({ rowId, metric, epoch }: Place) => {
    const { base } = findExperiment(rowId);
    const options: TableModel["options"] = { profile, standIn: null, groupRule: "byIndex", epoch };
    return measureCell(of(rowId), base === undefined ? [] : of(base), metric, null, options);
  };
  return {
    profile,
    measured,
    difference(a, b) {
      const others = measured(b)?.runs ?? [];
      const differences = (measured(a)?.runs ?? []).flatMap(({ seed, percent }) => {
        const other = others.find((run) => run.seed === seed)?.percent ?? null;
        return percent === null || other === null ? [] : [percent - other];
      });
      return meanGain(differences);
    },
  };
}
