import type { Dataset } from "../data/image-set.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { breathing } from "../features/breathe.ts";
import { buildPredictor } from "../features/predict.ts";
import { buildViewFeatures } from "../features/view-features.ts";
import { disposeModel, pooledSize } from "../models/model.ts";
import { splitDigest } from "../splits/split-digest.ts";
import type { LockOptions } from "../storage/lock.ts";
import { backboneDigest, shippedBank } from "./run-bank.ts";
import { startingModel } from "./starting-model.ts";
import { trainingImages } from "./training-images.ts";

/**
 * Computes all features that a row with fixed views in half precision needs, and keeps them where they ship with the kit.
 *
 * @param row - such as `frozen/cifar10/100/dr`; what it keeps serves every row that differs in sampler, fusion or classifier alone.
 * @param weights - the weights file of its stage I.
 * @param results - the folder of shipped records.
 * @param waiting - for another process that computes them; its signal ends the computing, too.
 * @throws {FailureError} if the weights are damaged.
 * @throws the signal's reason, when it was aborted.
 */
export async function shipFeatures(
  row: Experiment,
  dataset: Dataset,
  weights: string,
  results: string,
  waiting: LockOptions = {},
): Promise<void> {
  const { stage } = row;
  if (stage.kind !== "classifier" || stage.shiftBatchNorm || !stage.views || !stage.halfPrecision)
    throw new Error(`internal: ${row.id} needs other features for every seed`);
  const { train, test } = dataset;
  const { split, data: training } = trainingImages(train, row.imbalanceRatio);
  const model = await startingModel(row, train.numClasses, 0, weights);
  const backbone = backboneDigest(model.backbone);
  const data = { digest: dataset.digest, splitDigest: splitDigest(split.positions) };
  const bank = shippedBank(results, { backbone, moments: model.classifier.moments, data }, waiting);
  const views = buildViewFeatures(model, stage, stage.views, training, 0, bank);
  const predictor = buildPredictor(model, [test.height, test.width, 3]);
  const breathe = breathing(waiting.signal);
  try {
    await views.prepare(breathe);
    const key = { branch: "test", after: backbone, halfPrecision: true } as const;
    const compute = () => predictor.features(test, breathe);
    await bank.features(key, "test", test.labels, pooledSize(model), compute, predictor.sample(test));
  } finally {
    predictor.dispose();
    views.dispose();
    disposeModel(model);
  }
}
