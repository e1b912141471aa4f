import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Model, modelVariables, type NamedVariables } from "../models/model.ts";
import { saveVariables } from "../models/weights.ts";
import { readCheckpoint, type StoredCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { withEngine } from "./engines.ts";
import { EventFile } from "./event-file.ts";
import type { Engine, EpochsByEngine, RunRecord } from "./record.ts";
import { writeRecord } from "./records.ts";
import { analysisFile, checkpointOf, type RunFolders } from "./run-folders.ts";
import { RunLog } from "./run-log.ts";

/** What a writer needs to know of its run. */
interface WriterOptions {
  readonly runId: string;
  readonly folders: RunFolders;
  /** Ignores checkpoints that ship with the kit. */
  readonly fresh: boolean;
  /** SHA-256 of the backbone that stage II begins with; null in stage I. */
  readonly backboneDigest: string | null;
  readonly engine: Engine;
}

/** The files of one run: checkpoint, log and TensorBoard events per epoch, then record and weights. */
export class RunWriter {
  /** The epochs so far, those of earlier processes included. */
  readonly history: RunRecord["history"];
  readonly #options: WriterOptions;
  readonly #checkpoint: StoredCheckpoint | null;
  readonly #log: RunLog;
  readonly #events: EventFile;
  readonly #started = Date.now();

  private constructor(
    options: WriterOptions,
    files: {
      readonly checkpoint: StoredCheckpoint | null;
      readonly history: RunRecord["history"];
      readonly log: RunLog;
      readonly events: EventFile;
    },
  ) {
    this.#options = options;
    this.#checkpoint = files.checkpoint;
    this.history = files.history;
    this.#log = files.log;
    this.#events = files.events;
  }

  /**
   * Opens the files of a run and reads its checkpoint if there is one.
   *
   * @throws {FailureError} if the checkpoint is damaged, or belongs to another run or backbone.
   */
  static async open(options: WriterOptions): Promise<RunWriter> {
    const { runId, folders, fresh, backboneDigest } = options;
    const folder = join(folders.runs, runId);
    const file = fresh ? join(folder, "checkpoint.safetensors") : checkpointOf(runId, folders);
    const checkpoint = await readCheckpoint(file, { runId, backboneDigest });
    const history = [...(checkpoint?.history ?? [])];
    const log = await RunLog.open(join(folder, "log.jsonl"), history);
    const events = await EventFile.open(folder, history);
    return new RunWriter(options, { checkpoint, history, log, events });
  }

  /** The engines that trained the epochs of earlier processes. */
  get enginesBefore(): readonly EpochsByEngine[] {
    return this.#checkpoint?.engines ?? [];
  }

  /** Seconds of training so far, those of earlier processes included. */
  wallSeconds(): number {
    return (this.#checkpoint?.wallSeconds ?? 0) + (Date.now() - this.#started) / 1000;
  }

  /** Restores model and velocities from the checkpoint, if there is one. */
  restore(model: Model, velocities: NamedVariables): void {
    this.#checkpoint?.restore(model, velocities);
  }

  /** Adds an epoch to the history and writes it to checkpoint, log and events. */
  async addEpoch(
    entry: RunRecord["history"][number],
    model: Model,
    velocities: NamedVariables,
  ): Promise<void> {
    const { runId, backboneDigest, engine } = this.#options;
    this.history.push(entry);
    const engines = withEngine(this.enginesBefore, engine, this.history.length);
    const wallSeconds = this.wallSeconds();
    await saveCheckpoint(
      this.#file("checkpoint.safetensors"),
      { runId, history: this.history, wallSeconds, backboneDigest, engines },
      model,
      velocities,
    );
    await this.#log.append(entry);
    await this.#events.append(entry);
  }

  /** Writes record and weights, and removes the checkpoint and an analysis of earlier weights. */
  async finish(record: RunRecord, model: Model): Promise<void> {
    const { runId, folders } = this.#options;
    await rm(analysisFile(folders.runs, runId), { force: true });
    await writeRecord(this.#file("record.json"), record);
    // After the record, because runs that start from this one look only for its weights.
    await saveVariables(this.#file("weights.safetensors"), modelVariables(model), { runId });
    // Before the checkpoint is removed, because only a checkpoint can restore their last lines.
    await Promise.all([this.#log.sync(), this.#events.sync()]);
    await rm(this.#file("checkpoint.safetensors"), { force: true });
  }

  #file(name: string): string {
    return join(this.#options.folders.runs, this.#options.runId, name);
  }
}
