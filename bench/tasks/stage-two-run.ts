import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Dataset } from "../../src/data/image-set.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { disposeModel, modelVariables } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { saveVariables } from "../../src/models/weights.ts";
import { runExperiment } from "../../src/runs/run.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { generatedImages } from "./generated-images.ts";
import type { Task } from "./tasks.ts";

interface Settings {
  /** A row of stage II on CIFAR-100. */
  readonly row: string;
  /** Holds the runs and their feature banks. */
  readonly folder: string;
  /** Computes the features in every step, keeps none and uses none. */
  readonly recompute: boolean;
  /** Keeps the running statistics and crops each image in so many fixed ways; `null` leaves the row as it is. */
  readonly views: number | null;
}

const [measuredEpochs, profile] = [2, "paper"] as const;

/** Noise in the numbers of CIFAR-100. */
function noise(): Dataset {
  const classNames = Array.from({ length: 100 }, (_, label) => `class ${label}`);
  const [train, test] = [generatedImages(50_000, 100), generatedImages(10_000, 100)];
  return { name: "cifar100", origin: "generated", digest: "noise", classNames, train, test };
}
let dataset: Dataset | undefined;

function rowOf({ row, views }: Settings): Experiment {
  const experiment = findExperiment(row);
  const { stage } = experiment;
  if (views === null || stage.kind !== "classifier") return experiment;
  return { ...experiment, stage: { ...stage, shiftBatchNorm: false, views } };
}

/** Leaves what a stage I would, so that rows can start from it. */
async function pretendStageOne({ folder }: Settings, { from = "" }: Experiment): Promise<void> {
  const run = path.join(folder, runIdOf(findExperiment(from), 0, profile, "noise"));
  mkdirSync(run, { recursive: true });
  const model = resnet32(100);
  await saveVariables(path.join(run, "weights.safetensors"), modelVariables(model), {});
  disposeModel(model);
}

/**
 * A row's stage II as `h2t run` trains it, from stage I's weights to a checkpoint an epoch, given up after two epochs.
 *
 * @returns seconds of all its epochs: the first, which has the start in it, and the second once for each other.
 */
export function stageTwoRun(settings: Settings): Task {
  const experiment = rowOf(settings);
  return async () => {
    dataset ??= noise();
    await pretendStageOne(settings, experiment);
    const ends: number[] = [];
    const enough = new AbortController();
    const start = performance.now();
    try {
      await runExperiment(experiment, {
        ...{ dataset, profile, folders: { runs: settings.folder }, fresh: true },
        ...{ recompute: settings.recompute, signal: enough.signal },
        onEpoch() {
          ends.push((performance.now() - start) / 1000);
          if (ends.length === measuredEpochs) enough.abort();
        },
      });
    } catch (error) {
      if (error !== enough.signal.reason) throw error;
    }
    const [first = 0, second = 0] = ends;
    return {
      seconds: first + (experiment.stage.epochs - 1) * (second - first),
      epochSeconds: second - first,
    };
  };
}
