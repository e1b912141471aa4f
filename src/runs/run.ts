import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../data/image-set.ts";
import type { Experiment, Profile } from "../experiments/experiment.ts";
import { disposeModel, type Model } from "../models/model.ts";
import { cellInterruption } from "../notebook/cell-interruption.ts";
import { whileLocked } from "../storage/lock.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { type TrainingProgress, trainStage } from "../training/train-stage.ts";
import { engineChanges, engineOf, withEngine } from "./engines.ts";
import { bestOnTest, lastEvaluation } from "./history.ts";
import { provenance } from "./provenance.ts";
import type { RunRecord } from "./record.ts";
import { readRecord } from "./records.ts";
import { backboneDigest, runBank } from "./run-bank.ts";
import { hasEnded, type RunFolders, wasCutShort, weightsOf } from "./run-folders.ts";
import { planRun, type RunPlan } from "./run-plan.ts";
import { RunWriter } from "./run-writer.ts";
import { startingModel } from "./starting-model.ts";
import { TestEvaluator } from "./test-evaluator.ts";
import { runData, trainingImages } from "./training-images.ts";

/** How a row is run. */
export interface RunOptions {
  readonly dataset: Dataset;
  readonly folders: RunFolders;
  /** @default 0 */
  readonly seed?: number;
  /** Seed of the run it starts from. @default its own */
  readonly fromSeed?: number;
  readonly profile: Profile;
  /** Trains again, even if there is a record. @default false */
  readonly fresh?: boolean;
  /** Computes stage II's features in every step, without the feature cache. @default false */
  readonly recompute?: boolean;
  /** Called when training begins, with the epochs that an earlier, interrupted process has finished. */
  readonly onStart?: (
    experiment: Experiment,
    history: RunRecord["history"],
    /** Differences from the earlier process that may change the last bits, such as `threads 2 instead of 1`. */
    changes: readonly string[],
  ) => void;
  readonly onProgress?: (experiment: Experiment, progress: TrainingProgress) => void;
  readonly onEpoch?: (experiment: Experiment, history: RunRecord["history"]) => void;
  /** Called with the name of another process that trains the row, or computes features that it needs. */
  readonly onWait?: (experiment: Experiment, owner: string) => void;
  /** Stops training after the current batch; the checkpoint of the last epoch stays. @default that of the notebook's cell */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains and evaluates a row for one seed, or returns its record if there is one.
 *
 * An interrupted run resumes from its last completed epoch and ends as an uninterrupted one would. A row that starts
 * `from` another runs that one first if its weights are missing. If another process trains the run, this one waits.
 *
 * @param experiment - the row, as `findExperiment` returns it.
 * @param options - images, folders, profile, seed and callbacks.
 * @returns the record, which is also stored in the run's folder.
 * @throws {FailureError} if a checkpoint, record or weights file is damaged or belongs to another configuration.
 * @throws the signal's reason, when it was aborted; the checkpoint of the last epoch stays.
 * @example
 * const dataset = await loadDataset("glyphs-10", paths.data);
 * const row = findExperiment("quickstart/ce-mixup@glyphs-10");
 * const { last } = await runExperiment(row, { dataset, folders: paths, profile: "demo" });
 */
export function runExperiment(experiment: Experiment, options: RunOptions): Promise<RunRecord> {
  const { dataset, profile, seed = 0, fromSeed = seed, signal = cellInterruption() } = options;
  const plan = planRun(experiment, { seed, fromSeed, profile, dataDigest: dataset.digest });
  return runPlanned(plan, { ...options, signal });
}

type PlannedOptions = Omit<RunOptions, "seed" | "fromSeed" | "profile">;

async function runPlanned(plan: RunPlan, options: PlannedOptions): Promise<RunRecord> {
  const { runId, row } = plan;
  const { folders, fresh = false, signal } = options;
  const folder = join(folders.runs, runId);
  const end = async () => {
    const record = await readRecord(join(folder, "record.json"), runId);
    if (wasCutShort(runId, folders)) await rm(join(folder, "checkpoint.safetensors"), { force: true });
    return record;
  };
  if (!fresh && hasEnded(runId, folders)) return end();
  const onWait = (owner: string) => options.onWait?.(row, owner);
  return whileLocked(folder, { onWait, signal }, async () => {
    // Another process may have finished it in the meantime.
    if (!fresh && hasEnded(runId, folders)) return end();
    if (fresh) await rm(folder, { recursive: true, force: true });
    return trainFromParent(plan, options);
  });
}

/** Trains a run that this process has locked, after the run that it starts from. */
async function trainFromParent(plan: RunPlan, options: PlannedOptions): Promise<RunRecord> {
  const { parent } = plan;
  const { dataset, folders } = options;
  const parentWeights = () => (parent === null ? undefined : weightsOf(parent.runId, folders));
  // Never `fresh`: the user asked to retrain this row, and its parent may have trained for hours.
  if (parent && (parentWeights() === undefined || wasCutShort(parent.runId, folders))) {
    await runPlanned(parent, { ...options, fresh: false });
  }
  const model = await startingModel(plan.row, dataset.train.numClasses, plan.seed, parentWeights());
  try {
    return await trainModel(model, plan, options);
  } finally {
    disposeModel(model);
  }
}

/** Trains the model that a run starts with, epoch by epoch, and stores the run's files. */
async function trainModel(model: Model, plan: RunPlan, options: PlannedOptions): Promise<RunRecord> {
  const { runId, row, stage, seed, profile, configuration, parent } = plan;
  const { dataset, folders, fresh = false, signal } = options;
  // Read now, because the sources may change while the run trains.
  const origin = provenance(new Date());
  const engine = engineOf(origin);
  const { split, data: trainingData } = trainingImages(dataset.train, row.imbalanceRatio);
  const data = runData(dataset, split);
  const backbone = stage.kind === "classifier" ? backboneDigest(model.backbone) : null;
  const waiting = { onWait: (owner: string) => options.onWait?.(row, owner), signal };
  const cache =
    backbone === null || options.recompute
      ? undefined
      : runBank(folders, { backbone, moments: model.classifier.moments, data, provenance: origin }, waiting);
  makeFolder(join(folders.runs, runId));
  const writer = await RunWriter.open({ runId, folders, fresh, backboneDigest: backbone, engine });
  const { history } = writer;
  const evaluator = new TestEvaluator({
    model,
    stage,
    test: dataset.test,
    classCounts: split.classCounts,
    cache,
  });
  try {
    await trainStage(model, stage, {
      data: trainingData,
      seed,
      startEpoch: history.length,
      onStart(step) {
        writer.restore(model, step.velocities);
        options.onStart?.(row, history, engineChanges(writer.enginesBefore.at(-1), engine));
      },
      async onEpoch(result, step) {
        await writer.addEpoch({ ...result, ...(await evaluator.evaluate(signal)) }, model, step.velocities);
        options.onEpoch?.(row, history);
      },
      cache,
      onProgress: (progress) => options.onProgress?.(row, progress),
      signal,
    });
  } finally {
    evaluator.dispose();
  }
  // If only the record was missing, this process's engine has trained no epoch.
  const [last = engine, ...earlier] = withEngine(writer.enginesBefore, engine, history.length).reverse();
  const { tensorflow, threads, oneDnn, device, commit } = last;
  const record: RunRecord = {
    schemaVersion: 2,
    runId,
    configuration,
    seed,
    fromSeed: parent?.seed ?? null,
    profile,
    data,
    backboneDigest: backbone,
    history,
    last: lastEvaluation(history),
    bestOnTest: bestOnTest(history),
    provenance: {
      ...origin,
      versions: { ...origin.versions, tensorflow },
      threads,
      oneDnn,
      device,
      commit,
      wallSeconds: writer.wallSeconds(),
      replayed: cache?.hasRead ?? false,
      earlier: earlier.reverse(),
    },
  };
  await writer.finish(record, model);
  return record;
}
