import { rm } from "node:fs/promises";
import { join } from "node:path";
import { cellInterruption } from "../cell-interruption.ts";
import { evaluatePredictions } from "../evaluation/evaluate-predictions.ts";
import type { Dataset } from "../images/image-set.ts";
import { whileLocked } from "../lock.ts";
import { makeFolder } from "../make-folder.ts";
import { disposeModel, type Model, modelVariables, pooledSize } from "../models/model.ts";
import { splitDigest } from "../splits/split-digest.ts";
import { eventLoopYielder } from "../training/breathe.ts";
import { roundToHalf } from "../training/half-precision.ts";
import { buildPredictor } from "../training/predict.ts";
import { type TrainingProgress, trainStage } from "../training/train-stage.ts";
import { saveVariables } from "../training/weights.ts";
import { analysisFile } from "./analyses.ts";
import { readCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { engineChanges, engineOf, withEngine } from "./engines.ts";
import { EventFile } from "./event-file.ts";
import type { Experiment, Profile } from "./experiment.ts";
import { bestOnTest, lastEvaluation } from "./history.ts";
import { underProfile } from "./profiles.ts";
import { provenance } from "./provenance.ts";
import type { RunRecord } from "./record.ts";
import { readRecord, writeRecord } from "./records.ts";
import { findExperiment } from "./rows/experiments.ts";
import { backboneDigest, runBank, testKey } from "./run-bank.ts";
import { checkpointOf, hasEnded, type RunFolders, wasCutShort, weightsOf } from "./run-folders.ts";
import { configurationOf, runIdOf } from "./run-id.ts";
import { RunLog } from "./run-log.ts";
import { startingModel } from "./starting-model.ts";
import { trainingImages } from "./training-images.ts";

/** How a row is run. */
export interface RunOptions {
  readonly dataset: Dataset;
  readonly folders: RunFolders;
  /** @default 0 */
  readonly seed?: number;
  /** Seed of the run it starts from. @default its own */
  readonly fromSeed?: number;
  readonly profile: Profile;
  /** Trains anew, whatever is there. @default false */
  readonly fresh?: boolean;
  /** Computes stage II's features in every step, and neither reads nor keeps them. @default false */
  readonly recompute?: boolean;
  /** Called when training begins, with the epochs that an earlier, interrupted run has finished. */
  readonly onStart?: (
    experiment: Experiment,
    history: RunRecord["history"],
    /** What it has else than the process before had, such as `threads 2 instead of 1`; which may move the last bits. */
    changes: readonly string[],
  ) => void;
  readonly onProgress?: (experiment: Experiment, progress: TrainingProgress) => void;
  readonly onEpoch?: (experiment: Experiment, history: RunRecord["history"]) => void;
  /** Called if another process trains the row, or computes features that it needs, until which is done: says which process. */
  readonly onWait?: (experiment: Experiment, owner: string) => void;
  /** Stops it after the running batch; the checkpoint of the last epoch stays. @default that of the notebook's cell */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains and evaluates a row for one seed, or returns its record if it was run before.
 *
 * A run that was interrupted goes on from its last finished epoch and ends as an uninterrupted one. A row that starts
 * `from` another runs that one first where its weights are missing. What another process trains just now is waited for.
 *
 * @param experiment - the row, as `findExperiment` gives it.
 * @param options - its images, where runs lie, profile and seed, and what is told while it trains.
 * @returns the record, which also lies in the run's folder.
 * @throws {FailureError} if a checkpoint, record or weights file is damaged or belongs to another configuration.
 * @throws the signal's reason, when it was aborted; the checkpoint of the last epoch stays.
 * @example
 * const dataset = await loadDataset("glyphs-10", paths.data);
 * const row = findExperiment("quickstart/ce-mixup@glyphs-10");
 * const { last } = await runExperiment(row, { dataset, folders: paths, profile: "demo" });
 */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<RunRecord> {
  const { dataset, folders, profile, seed = 0, fresh = false, signal = cellInterruption() } = options;
  const { fromSeed = seed } = options;
  const runId = runIdOf(experiment, seed, profile, dataset.digest, fromSeed);
  const folder = join(folders.runs, runId);
  const end = async () => {
    const record = await readRecord(join(folder, "record.json"), runId);
    if (wasCutShort(runId, folders)) await rm(join(folder, "checkpoint.safetensors"), { force: true });
    return record;
  };
  if (!fresh && hasEnded(runId, folders)) return end();
  const onWait = (owner: string) => options.onWait?.(experiment, owner);
  return whileLocked(folder, { onWait, signal }, async () => {
    // Another process may have ended it meanwhile.
    if (!fresh && hasEnded(runId, folders)) return end();
    if (fresh) await rm(folder, { recursive: true, force: true });
    return train(experiment, { ...options, seed, fromSeed, fresh, signal }, runId);
  });
}

/** Options in which what makes a run another one is settled. */
type SettledOptions = RunOptions & Required<Pick<RunOptions, "seed" | "fromSeed" | "fresh">>;

/** Trains what this process alone may train now. */
async function train(experiment: Experiment, options: SettledOptions, runId: string): Promise<RunRecord> {
  const { dataset, folders, profile, seed, fromSeed } = options;
  const parent = experiment.from === undefined ? undefined : findExperiment(experiment.from);
  const parentId = parent && runIdOf(parent, fromSeed, profile, dataset.digest);
  const parentWeights = () => (parentId === undefined ? undefined : weightsOf(parentId, folders));
  // Never `fresh`: what was asked for anew is this row, and the other may have trained for hours.
  if (parent && parentId && (parentWeights() === undefined || wasCutShort(parentId, folders)))
    await runExperiment(parent, { ...options, seed: fromSeed, fromSeed, fresh: false });
  const model = await startingModel(experiment, dataset.train.numClasses, seed, parentWeights());
  try {
    return await trainModel(model, experiment, options, runId);
  } finally {
    disposeModel(model);
  }
}

/** Trains the model that a row starts from, epoch by epoch, and stores all that a run leaves. */
async function trainModel(
  model: Model,
  experiment: Experiment,
  options: SettledOptions,
  runId: string,
): Promise<RunRecord> {
  const { dataset, folders, profile, seed, fromSeed, fresh, signal } = options;
  const folder = join(folders.runs, runId);
  const started = new Date();
  // Read now: the source may be edited while the run trains.
  const origin = provenance(started);
  const engine = engineOf(origin);
  const { test } = dataset;
  const { split, data: trainingData } = trainingImages(dataset.train, experiment.imbalanceRatio);
  const stage = underProfile(experiment.stage, profile);
  const data: RunRecord["data"] = {
    digest: dataset.digest,
    origin: dataset.origin,
    splitDigest: splitDigest(split.positions),
    classCounts: [...split.classCounts],
    trainImages: split.indices.length,
    testImages: test.labels.length,
  };
  const backbone = stage.kind === "classifier" ? backboneDigest(model.backbone) : null;
  const onWait = (owner: string) => options.onWait?.(experiment, owner);
  const bank =
    backbone === null || options.recompute
      ? undefined
      : runBank(
          folders,
          { backbone, moments: model.classifier.moments, data, provenance: origin },
          { onWait, signal },
        );
  makeFolder(folder);
  const checkpointFile = join(folder, "checkpoint.safetensors");
  const checkpoint = await readCheckpoint(fresh ? checkpointFile : checkpointOf(runId, folders), {
    runId,
    backboneDigest: backbone,
  });
  const history = [...(checkpoint?.history ?? [])];
  const before = checkpoint?.engines ?? [];
  const wallSeconds = () => (checkpoint?.wallSeconds ?? 0) + (Date.now() - started.getTime()) / 1000;
  const log = await RunLog.open(join(folder, "log.jsonl"), history);
  const events = await EventFile.open(folder, history);
  const yieldToEventLoop = eventLoopYielder(signal);
  const predictor = buildPredictor(model, [test.height, test.width, 3]);
  const testFeatures = async () => {
    const compute = () => predictor.features(test, yieldToEventLoop);
    const key = testKey(stage, backboneDigest(model.backbone));
    if (bank === undefined) return key.halfPrecision ? roundToHalf(await compute()) : compute();
    return bank.features(key, "test", test.labels, pooledSize(model), compute, predictor.sample(test));
  };
  try {
    await trainStage(model, stage, {
      data: trainingData,
      seed,
      startEpoch: history.length,
      onStart(step) {
        checkpoint?.restore(model, step.velocities);
        options.onStart?.(experiment, history, engineChanges(before.at(-1), engine));
      },
      async onEpoch(result, step) {
        const measures = evaluatePredictions({
          logits: predictor.logits(await testFeatures()),
          labels: test.labels,
          classCounts: split.classCounts,
        });
        const entry = { ...result, ...measures };
        history.push(entry);
        const engines = withEngine(before, engine, history.length);
        await saveCheckpoint(
          checkpointFile,
          { runId, history, wallSeconds: wallSeconds(), backboneDigest: backbone, engines },
          model,
          step.velocities,
        );
        await log.append(entry);
        await events.append(entry);
        options.onEpoch?.(experiment, history);
      },
      cache: bank,
      ...(options.onProgress === undefined
        ? {}
        : { onProgress: (progress) => options.onProgress?.(experiment, progress) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    predictor.dispose();
  }
  // Of a run that lacked nothing but its record this process's engine trained no epoch.
  const [last = engine, ...earlier] = withEngine(before, engine, history.length).reverse();
  const { tensorflow, threads, oneDnn, device, commit } = last;
  const record: RunRecord = {
    schemaVersion: 2,
    runId,
    configuration: configurationOf(experiment, seed, profile, dataset.digest, fromSeed),
    seed,
    fromSeed: experiment.from === undefined ? null : fromSeed,
    profile,
    data,
    backboneDigest: backbone,
    history,
    last: lastEvaluation(history),
    bestOnTest: bestOnTest(history),
    provenance: {
      ...origin,
      versions: { ...origin.versions, tensorflow },
      ...{ threads, oneDnn, device, commit },
      wallSeconds: wallSeconds(),
      replayed: bank?.hasRead ?? false,
      earlier: earlier.reverse(),
    },
  };
  // It would be of other weights.
  await rm(analysisFile(folders.runs, runId), { force: true });
  await writeRecord(join(folder, "record.json"), record);
  // After the record: rows that start from this one look for no more than the weights.
  await saveVariables(join(folder, "weights.safetensors"), modelVariables(model), { runId });
  // What was appended is made anew from the checkpoint alone.
  await Promise.all([log.sync(), events.sync()]);
  await rm(checkpointFile, { force: true });
  return record;
}
