import type { Experiment, Profile } from "../experiments/experiment.ts";
import type { RunFolders } from "../runs/run-folders.ts";

/** A row for one seed. */
export interface PlannedRun {
  readonly row: Experiment;
  readonly seed: number;
  /** Seed of the stage I that it starts from; its own where it is itself a stage I. */
  readonly fromSeed: number;
}

/**
 * Every row for every seed, row after row.
 *
 * @param fromSeed - seed of the one stage I from which every seed of stage II starts; by default each starts from its own.
 */
export const plannedRuns = (
  rows: readonly Experiment[],
  seeds: readonly number[],
  fromSeed?: number,
): PlannedRun[] =>
  rows.flatMap((row) =>
    seeds.map((seed) => ({ row, seed, fromSeed: row.from === undefined ? seed : (fromSeed ?? seed) })),
  );

/** What is to be trained, and where; plain data, so that it can go to another process. */
export interface TrainingOrder {
  readonly runs: readonly PlannedRun[];
  readonly profile: Profile;
  /** Trains anew, whatever is there. */
  readonly fresh: boolean;
  /** Computes stage II's features in every step instead of keeping them. @default false */
  readonly recompute?: boolean;
  readonly dataDir: string;
  /** Whether absent data sets are downloaded. */
  readonly download: boolean;
  readonly folders: RunFolders;
}
