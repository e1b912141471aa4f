import type { Experiment, Profile } from "../paper/experiment.ts";
import type { RunFolders } from "../paper/run-folders.ts";

/** What is to be trained, and where; plain data, so that it can go to another process. */
export interface TrainingOrder {
  readonly rows: readonly Experiment[];
  readonly seeds: readonly number[];
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
