import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where runs live. */
export interface RunFolders {
  /**
   * One folder a run: `record.json`, `weights.safetensors`, `log.jsonl`, TensorBoard's `events.out.tfevents.*` and, while it
   * trains, `checkpoint.safetensors`; beside them `feature-banks`, the features that runs share.
   */
  readonly runs: string;
  /**
   * What comes with the kit: records, `<runId>.json`, weights of some stage-I runs, `<runId>.safetensors`, and checkpoints of
   * long ones that go on, `<runId>.checkpoint.safetensors`.
   */
  readonly results?: string;
}

/** The weights file of a run, yours before the shipped one; undefined if there is none. */
export const weightsOf = (runId: string, { runs, results }: RunFolders): string | undefined =>
  [
    join(runs, runId, "weights.safetensors"),
    ...(results === undefined ? [] : [join(results, `${runId}.safetensors`)]),
  ].find(existsSync);

/** Where a run's checkpoint is read, yours before the shipped one; it is written to yours. */
export const checkpointOf = (runId: string, { runs, results }: RunFolders): string => {
  const yours = join(runs, runId, "checkpoint.safetensors");
  const shipped = results === undefined ? yours : join(results, `${runId}.checkpoint.safetensors`);
  return !existsSync(yours) && existsSync(shipped) ? shipped : yours;
};

const has = (runId: string, { runs }: RunFolders, file: string) => existsSync(join(runs, runId, file));

/** Whether a run of yours has ended: with a record, and with the weights that it measured, without which it is trained again. */
export const hasEnded = (runId: string, folders: RunFolders): boolean =>
  ["record.json", "weights.safetensors"].every((file) => has(runId, folders, file));

/** Whether a run of yours was killed at its very end, when all was trained and not all written. */
export const wasCutShort = (runId: string, folders: RunFolders): boolean =>
  has(runId, folders, "checkpoint.safetensors") &&
  ["record.json", "weights.safetensors"].some((file) => has(runId, folders, file));

/** The analysis of one of your runs. */
export const analysisFile = (runs: string, runId: string): string => join(runs, runId, "analysis.json");
