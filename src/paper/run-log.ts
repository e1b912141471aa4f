import { appendFile } from "node:fs/promises";
import { storeFile } from "../store-file.ts";
import { systemFailure } from "../system-failure.ts";

/** A log of one JSON object a line, one line an epoch. */
export class RunLog {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** Starts the log with the epochs that are finished, so that a line of a lost epoch never stays. */
  static async open(file: string, finished: readonly object[]): Promise<RunLog> {
    await storeFile(file, finished.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    return new RunLog(file);
  }

  async append(entry: object): Promise<void> {
    await appendFile(this.#file, `${JSON.stringify(entry)}\n`).catch((error: unknown) => {
      throw systemFailure(error, this.#file) ?? error;
    });
  }
}
