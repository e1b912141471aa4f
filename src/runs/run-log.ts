import { appendFile } from "node:fs/promises";
import { canonicalJson } from "../storage/canonical-json.ts";
import { storeFile, syncFile } from "../storage/store-file.ts";
import { systemFailure } from "../storage/system-failure.ts";

/** Equal epochs give equal lines, also where an earlier process has trained them. */
const lineOf = (entry: object) => `${canonicalJson(entry)}\n`;

/** A log of one JSON object a line, one line an epoch. */
export class RunLog {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** Starts the log with the epochs that are finished, so that a line of a lost epoch never stays. */
  static async open(file: string, finished: readonly object[]): Promise<RunLog> {
    await storeFile(file, finished.map(lineOf).join(""));
    return new RunLog(file);
  }

  /** Waits until all of it is on the disk. */
  sync(): Promise<void> {
    return syncFile(this.#file);
  }

  async append(entry: object): Promise<void> {
    await appendFile(this.#file, lineOf(entry)).catch((error: unknown) => {
      throw systemFailure(error, this.#file) ?? error;
    });
  }
}
