import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Dataset } from "../../src/data/image-set.ts";
import { loadDataset } from "../../src/data/packs/load-dataset.ts";
import { ensurePacked } from "../../src/data/packs/prepare-dataset.ts";
import { accuracyByClass } from "../../src/evaluation/accuracy-by-class.ts";
import { predictedClasses } from "../../src/evaluation/predicted-classes.ts";
import { backbones } from "../../src/experiments/backbones.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { buildPredictor } from "../../src/features/predict.ts";
import { buildModel } from "../../src/models/build-model.ts";
import { disposeModel, modelVariables } from "../../src/models/model.ts";
import { assignVariables, readVariables } from "../../src/models/weights.ts";
import type { RunRecord } from "../../src/runs/record.ts";
import { runExperiment } from "../../src/runs/run.ts";
import { type RunFolders, weightsOf } from "../../src/runs/run-folders.ts";

/** What the process held at the end of an epoch. */
export interface Sample {
  /** Since the beginning. */
  readonly minutes: number;
  readonly residentBytes: number;
  /** Open files, sockets and pipes. */
  readonly descriptors: number;
  /** Timers, streams and requests that keep Node alive. */
  readonly handles: number;
}

/** A trained row and its accuracy by what the record says and by the weights that were kept. */
export interface Recomputed {
  readonly id: string;
  readonly seed: number;
  readonly logged: number;
  readonly recomputed: number;
}

/** What went on, for how long. */
export interface LongRun {
  readonly samples: readonly Sample[];
  readonly rows: readonly Recomputed[];
}

/** Stage I and, from it, a stage II; both evaluate after every epoch. */
const rows = ["quickstart/ce-mixup@glyphs-10", "quickstart/dr-h2t/0.3@glyphs-10"].map(findExperiment);

const sampleAt = (started: number): Sample => ({
  minutes: (performance.now() - started) / 60_000,
  residentBytes: process.memoryUsage.rss(),
  descriptors: readdirSync("/proc/self/fd").length,
  handles: process.getActiveResourcesInfo().length,
});

/** Accuracy on the test images of the weights that a run has left. */
async function recompute(row: Experiment, record: RunRecord, dataset: Dataset, folders: RunFolders) {
  const { numClasses } = dataset.train;
  const file = weightsOf(record.runId, folders) ?? "";
  const model = buildModel(backbones[row.backbone], row.classifier, numClasses, record.seed);
  const { test } = dataset;
  const predictor = buildPredictor(model, [test.height, test.width, 3]);
  try {
    assignVariables(modelVariables(model), await readVariables(file), file);
    const predictions = predictedClasses(predictor.logits(await predictor.features(test)), numClasses);
    const byClass = accuracyByClass(predictions, test.labels, numClasses);
    return byClass.reduce((sum, accuracy) => sum + accuracy, 0) / numClasses;
  } finally {
    predictor.dispose();
    disposeModel(model);
  }
}

/**
 * Trains and evaluates in this process, seed after seed, until the time is over.
 *
 * @param folder - for data and runs, which are removed one by one.
 * @param minutes - after which no further row begins.
 * @param onRow - told of each.
 */
export async function longRun(
  folder: string,
  minutes: number,
  onRow: (row: Recomputed, sample: Sample) => void,
): Promise<LongRun> {
  const started = performance.now();
  const dataDir = path.join(folder, "data");
  const folders = { runs: path.join(folder, "runs") };
  await ensurePacked("glyphs-10", { dataDir });
  const dataset = await loadDataset("glyphs-10", dataDir);
  const samples: Sample[] = [sampleAt(started)];
  const all: Recomputed[] = [];
  for (let seed = 0; sampleAt(started).minutes < minutes; seed++) {
    for (const row of rows) {
      const record = await runExperiment(row, {
        ...{ dataset, folders, profile: "demo", seed },
        onEpoch: () => samples.push(sampleAt(started)),
      });
      const { accuracy } = record.last;
      const recomputed = await recompute(row, record, dataset, folders);
      const one = { id: row.id, seed, logged: accuracy, recomputed };
      all.push(one);
      onRow(one, samples.at(-1) as Sample);
    }
    rmSync(folders.runs, { recursive: true });
  }
  return { samples, rows: all };
}
