import { appendFile, readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { beginningEvent, scalarEvent, soundEvents } from "../storage/event-format.ts";
import { syncFile } from "../storage/store-file.ts";
import { systemFailure } from "../storage/system-failure.ts";
import type { RunRecord } from "./record.ts";

type Entry = RunRecord["history"][number];

const prefix = "events.out.tfevents.";
const rules = { byIndex: "index", byCount: "count" } as const;
const now = () => Date.now() / 1000;

/** What TensorBoard shows of an epoch, by tag; a group without a class has no value. */
function scalarsOf({ trainLoss, learningRate, accuracy, groups, calibration }: Entry): Map<string, number> {
  const scalars = new Map([
    ["train/loss", trainLoss],
    ["train/learning rate", learningRate],
    ["accuracy/all", accuracy],
    ["calibration/ECE", calibration.ece],
    ["calibration/MCE", calibration.mce],
  ]);
  for (const rule of ["byIndex", "byCount"] as const) {
    for (const [group, value] of Object.entries(groups[rule])) {
      if (value !== null) scalars.set(`accuracy by ${rules[rule]}/${group}`, value);
    }
  }
  return scalars;
}

/** A run's TensorBoard events: one an epoch, whose step is the number of finished epochs. */
export class EventFile {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /**
   * Opens the file of a run's folder, or starts one.
   *
   * The events of finished epochs stay, with their times; what follows them is cut off, and what they lack is added: a run
   * that goes on has each epoch once.
   */
  static async open(folder: string, finished: RunRecord["history"]): Promise<EventFile> {
    const found = (await readdir(folder)).find((name) => name.startsWith(prefix));
    const file = join(folder, found ?? `${prefix}${Math.floor(now())}.h2t-kit`);
    const events = new EventFile(file);
    const bytes = found === undefined ? Buffer.alloc(0) : await readFile(file);
    let epochs = -1;
    let end = 0;
    for (const event of soundEvents(bytes)) {
      if (event.step !== epochs + 1 || event.step > finished.length) break;
      ({ step: epochs, end } = event);
    }
    // In place, since a TensorBoard that watches the run would not notice another file of the same name.
    if (end < bytes.length) await truncate(file, end);
    if (epochs < 0) await events.#write(beginningEvent(now()));
    for (const entry of finished.slice(Math.max(epochs, 0))) await events.append(entry);
    return events;
  }

  async append(entry: Entry): Promise<void> {
    await this.#write(scalarEvent(now(), entry.epoch, scalarsOf(entry)));
  }

  /** Waits until all of it is on the disk. */
  sync(): Promise<void> {
    return syncFile(this.#file);
  }

  async #write(event: Uint8Array): Promise<void> {
    await appendFile(this.#file, event).catch((error: unknown) => {
      throw systemFailure(error, this.#file) ?? error;
    });
  }
}
