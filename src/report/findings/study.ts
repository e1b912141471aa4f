import type { Profile } from "../../experiments/experiment.ts";
import { findExperiment } from "../../experiments/rows/experiments.ts";
import type { Metric } from "../../experiments/tables/table.ts";
import { recordsOf, type StoredRecord, stageOneSeed } from "../../runs/records.ts";
import type { Sample } from "../estimate.ts";
import { choosePacks, isOnShownPack } from "../tables/choose-packs.ts";
import { measureCell } from "../tables/measure-cell.ts";
import { meanGain } from "../tables/paired-gain.ts";
import type { Gain, Measured, MeasuredRun, TableModel } from "../tables/table-model.ts";

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
 * @param records - as `readRecords` returns them; those that ship with the kit count, on one pack per data set.
 */
export function studyOf(records: readonly StoredRecord[], profile: Profile): Study {
  const ofProfile = records.filter(
    ({ keeper, record }) => keeper === "shipped" && record.profile === profile,
  );
  const packs = choosePacks(ofProfile);
  const shipped = ofProfile.filter((stored) => isOnShownPack(packs, stored));
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
      const differences = (measured(a)?.runs ?? []).flatMap((run): Sample[] => {
        const other = others.find((one) => isSame(one, run))?.percent ?? null;
        if (run.percent === null || other === null) return [];
        return [{ stageOneSeed: stageOneSeed(run), value: run.percent - other }];
      });
      return meanGain(differences);
    },
  };
}

/** Whether two runs have equal seeds in both stages. */
const isSame = (a: MeasuredRun, b: MeasuredRun) => a.seed === b.seed && stageOneSeed(a) === stageOneSeed(b);
