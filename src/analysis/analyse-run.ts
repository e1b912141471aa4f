import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../data/image-set.ts";
import { FailureError } from "../errors.ts";
import { expectedCalibrationError } from "../evaluation/calibration-error.ts";
import { confusionMatrix } from "../evaluation/confusion-matrix.ts";
import { predictedClasses } from "../evaluation/predicted-classes.ts";
import { softmax } from "../evaluation/softmax.ts";
import { tSne, tsneDefaults } from "../evaluation/t-sne.ts";
import { backbones } from "../experiments/backbones.ts";
import type { Experiment, Profile } from "../experiments/experiment.ts";
import { breathing } from "../features/breathe.ts";
import { buildPredictor } from "../features/predict.ts";
import { buildModel } from "../models/build-model.ts";
import { disposeModel, type Model, modelVariables, pooledSize } from "../models/model.ts";
import { assignVariables, readVariables } from "../models/weights.ts";
import { cellInterruption } from "../notebook/cell-interruption.ts";
import { provenance } from "../runs/provenance.ts";
import { backboneDigest, runBank, testKey } from "../runs/run-bank.ts";
import { analysisFile, type RunFolders, weightsOf } from "../runs/run-folders.ts";
import { runIdOf } from "../runs/run-plan.ts";
import { trainingImages } from "../runs/training-images.ts";
import { splitDigest } from "../splits/split-digest.ts";
import { analysisOf, writeAnalysis } from "./analyses.ts";
import type { Analysis, Embedding, Forces } from "./analysis.ts";
import { balancedDraws, type Draws } from "./balanced-draws.ts";
import { measureForces } from "./measure-forces.ts";

/** How a run is analysed. */
export interface AnalyseOptions {
  readonly dataset: Dataset;
  readonly folders: RunFolders;
  /** @default 0 */
  readonly seed?: number;
  /** Seed of the run that it starts from. @default its own */
  readonly fromSeed?: number;
  readonly profile: Profile;
  /** Measures anew, whatever is there. @default false */
  readonly fresh?: boolean;
  /** Points of the embedding. @default 800 */
  readonly points?: number;
  /** Called with the share of the work that is done, 0 … 1; never where the analysis was there. */
  readonly onProgress?: (share: number) => void;
  /** Called once if another process computes features that it needs: says which process. */
  readonly onWait?: (owner: string) => void;
  /** Stops it. @default that of the notebook's cell */
  readonly signal?: AbortSignal;
}

/** Few enough for eleven embeddings in a minute, many enough to fill a class. */
const defaultPoints = 800;

/** p of the masks for a row that replaces no channel: the paper's best on CIFAR-100-LT. */
const paperRatio = 0.3;

/** The row's model as its last epoch left it. */
async function trainedModel(
  experiment: Experiment,
  numClasses: number,
  seed: number,
  file: string,
): Promise<Model> {
  const model = buildModel(backbones[experiment.backbone], experiment.classifier, numClasses, seed);
  try {
    assignVariables(modelVariables(model), await readVariables(file), file);
    return model;
  } catch (error) {
    disposeModel(model);
    throw error;
  }
}

/** What its features are fused with. */
function fusionOf({ stage }: Experiment): Embedding["fusion"] {
  if (stage.kind !== "classifier" || stage.fusion.kind === "none") return null;
  const { ratio, fusingSampler } = stage.fusion;
  return { ratio, fusingSampler };
}

const rounded = (values: Float64Array) => Array.from(values, (value) => Number(value.toFixed(2)));

/** The forces, where the classifier is the linear one that they are about. */
function forcesOf(
  experiment: Experiment,
  model: Model,
  input: { plain: Draws; classCounts: readonly number[]; seed: number },
): Forces | null {
  const { stage, classifier } = experiment;
  const weight = model.classifier.parameters.get("weight");
  if (stage.kind !== "classifier" || classifier.kind !== "linear" || weight === undefined) return null;
  const ratio = stage.fusion.kind === "none" ? paperRatio : stage.fusion.ratio;
  const weights = weight.dataSync<"float32">();
  const { plain: draws, classCounts, seed } = input;
  return measureForces({ weights, draws, classCounts, ratio, seed });
}

/**
 * Measures what figures show of a trained run beyond its record, or returns it if it was measured before.
 *
 * Of every run the confusion matrix and 15 bins of confidence on the test images, and class-balanced draws of training images in two
 * dimensions; fused as the row's stage II fuses them, where it does. Of stage II with a linear classifier also the forces of section
 * 3.4. The backbone normalises by its running statistics, as at prediction. Equal weights, images and seed give equal bits on one
 * machine.
 *
 * @returns also written to `<runId>/analysis.json` in the folder of runs.
 * @throws {FailureError} if the run has no weights, or they or an analysis are damaged.
 * @throws the signal's reason, when it was aborted.
 * @example await analyseRun(findExperiment("table-5/bs-is@glyphs-10"), { dataset, folders, profile: "demo" });
 */
export async function analyseRun(experiment: Experiment, options: AnalyseOptions): Promise<Analysis> {
  const { dataset, folders, profile, seed = 0, fromSeed = seed, fresh = false } = options;
  const { points = defaultPoints, signal = cellInterruption(), onWait, onProgress = () => {} } = options;
  const runId = runIdOf(experiment, seed, profile, dataset.digest, fromSeed);
  const { runs, results } = folders;
  const stored = fresh
    ? undefined
    : await analysisOf(runId, { yours: runs, ...(results === undefined ? {} : { shipped: results }) });
  if (stored !== undefined) return stored;
  const weights = weightsOf(runId, folders);
  if (weights === undefined) throw weightsMissing(experiment, options);

  onProgress(0);
  const { train, test } = dataset;
  const { split, data } = trainingImages(train, experiment.imbalanceRatio);
  const model = await trainedModel(experiment, train.numClasses, seed, weights);
  const breathe = breathing(signal);
  const predictor = buildPredictor(model, [test.height, test.width, 3]);
  try {
    const backbone = backboneDigest(model.backbone);
    const basis = {
      ...{ backbone, moments: model.classifier.moments },
      data: { digest: dataset.digest, splitDigest: splitDigest(split.positions) },
      provenance: provenance(new Date()),
    };
    const bank = runBank(folders, basis, { onWait, signal });
    const size = pooledSize(model);
    const { stage } = experiment;
    const key = testKey(stage, backbone);
    const compute = () => predictor.features(test, breathe);
    const features = await bank.features(key, "test", test.labels, size, compute, predictor.sample(test));
    const logits = predictor.logits(features);
    onProgress(0.2);
    const { plain, fused } = await balancedDraws({ model, stage, data, seed, count: points, bank, breathe });
    const drawn = fused ?? plain;
    onProgress(0.3);
    const { perplexity, iterations, learningRate } = tsneDefaults;
    const { x, y } = await tSne(drawn.features, size, {
      seed,
      async onIteration(done) {
        onProgress(0.3 + (0.7 * done) / iterations);
        await breathe();
      },
    });
    const embedding: Embedding = {
      ...{ method: "t-SNE", perplexity, iterations, learningRate, seed },
      fusion: fusionOf(experiment),
      ...{ x: rounded(x), y: rounded(y), labels: [...drawn.labels] },
    };
    const analysis: Analysis = {
      ...{ schemaVersion: 1, runId },
      confusion: confusionMatrix(predictedClasses(logits, train.numClasses), test.labels, train.numClasses),
      bins: [...expectedCalibrationError(softmax(logits, train.numClasses), test.labels).bins],
      embedding,
      forces: forcesOf(experiment, model, { plain, classCounts: split.classCounts, seed }),
    };
    await mkdir(join(runs, runId), { recursive: true });
    await writeAnalysis(analysisFile(runs, runId), analysis);
    return analysis;
  } finally {
    predictor.dispose();
    disposeModel(model);
  }
}

/** The error about a run that cannot be analysed because it is not trained. */
export function weightsMissing(
  { id }: Experiment,
  { seed = 0, fromSeed = seed, profile }: Pick<AnalyseOptions, "seed" | "fromSeed" | "profile">,
): FailureError {
  const from = fromSeed === seed ? "" : ` --from-seed ${fromSeed}`;
  return new FailureError({
    rule: "a run is analysed by its weights",
    got: `none of ${id}, seed ${seed}, profile ${profile}`,
    remedy: `train it: npx h2t run ${id} --profile ${profile} --seed ${seed}${from}`,
  });
}
