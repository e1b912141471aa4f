import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where runs live. */
export interface RunFolders {
  /**
   * One folder a run: `record.json`, `weights.safetensors`, `log.jsonl` and, while it trains, `checkpoint.safetensors`;
   * beside them `feature-banks`, the features that runs share.
   */
  readonly runs: string;
  /** Records, and weights of some stage-I runs, that come with the kit: `<runId>.json`, `<runId>.safetensors`. */
  readonly results?: string;
}

/** The weights file of a run, yours before the shipped one; undefined if there is none. */
export const weightsOf = (runId: string, { runs, results }: RunFolders): string | undefined =>
  [
    join(runs, runId, "weights.safetensors"),
    ...(results === undefined ? [] : [join(results, `${runId}.safetensors`)]),
  ].find(existsSync);
