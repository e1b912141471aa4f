import { createRequire } from "node:module";
import type { DataFrame } from "danfojs-node";
import type { StoredRecord } from "../runs/records.ts";

/** One epoch of one run, flat: accuracies are fractions, group accuracies under the paper's index ranges. */
export type EpochLine = Readonly<Record<string, string | number | null>>;

/**
 * The records as lines for exploration, one an epoch of a run.
 *
 * @param records - as `readRecords` returns them.
 * @returns in the order of records and epochs; `head`, `medium` and `tail` are `null` where the group is empty.
 */
export function epochLines(records: readonly StoredRecord[]): EpochLine[] {
  return records.flatMap(({ record, keeper }) =>
    record.history.map((entry) => ({
      run: record.runId,
      keeper,
      dataset: record.configuration.dataset,
      imbalanceRatio: record.configuration.imbalanceRatio,
      stage: record.configuration.stage.kind,
      profile: record.profile,
      seed: record.seed,
      epoch: entry.epoch,
      learningRate: entry.learningRate,
      trainLoss: entry.trainLoss,
      accuracy: entry.accuracy,
      ...entry.groups.byIndex,
      ece: entry.calibration.ece,
    })),
  );
}

/**
 * The records as a danfo.js DataFrame, one line an epoch of a run.
 *
 * @param records - as `readRecords` returns them; at least one.
 * @example toDataFrame(records).groupby(["run"]).col(["accuracy"]).max().print();
 */
export function toDataFrame(records: readonly StoredRecord[]): DataFrame {
  // Loaded here: danfo.js brings TensorFlow.js along, which tables and figures do without.
  const danfo = createRequire(import.meta.url)("danfojs-node") as typeof import("danfojs-node");
  return new danfo.DataFrame(epochLines(records) as object[]);
}
