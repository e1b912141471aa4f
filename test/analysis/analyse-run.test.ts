import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { type AnalyseOptions, analyseRun } from "../../src/analysis/analyse-run.ts";
import { analysisOf } from "../../src/analysis/analyses.ts";
import type { Dataset } from "../../src/data/image-set.ts";
import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { FailureError } from "../../src/errors.ts";
import { evaluatePredictions } from "../../src/evaluation/evaluate-predictions.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { buildPredictor } from "../../src/features/predict.ts";
import { disposeModel, modelVariables } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { saveVariables } from "../../src/models/weights.ts";
import { provenance } from "../../src/runs/provenance.ts";
import { backboneDigest, runBank, testKey } from "../../src/runs/run-bank.ts";
import { analysisFile } from "../../src/runs/run-folders.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { trainingImages } from "../../src/runs/training-images.ts";
import { splitDigest } from "../../src/splits/split-digest.ts";
import { temporaryFolder } from "../support/class-folders.ts";

const dataset: Dataset = {
  ...generateGlyphs({ numClasses: 10, trainPerClass: 100, testPerClass: 6, seed: 0 }),
  digest: "a hundred of each",
};
const stageOne = findExperiment("table-5/ce@glyphs-10");
const dr = findExperiment("table-5/dr@glyphs-10");
const h2t = findExperiment("table-5/bs-is@glyphs-10");
const model = resnet32(10, { seed: 1 });
const idOf = (row: typeof dr) => runIdOf(row, 0, "demo", dataset.digest);

/** A folder of runs in which rows have random weights, and how to analyse one of them. */
async function trained(t: ExecutionContext, rows: readonly (typeof dr)[], weights = model) {
  const runs = await temporaryFolder(t);
  for (const runId of rows.map(idOf)) {
    const file = join(runs, runId, "weights.safetensors");
    await mkdir(dirname(file), { recursive: true });
    await saveVariables(file, modelVariables(weights), { runId });
  }
  const analyse = (row: typeof dr, own: Partial<AnalyseOptions> = {}) =>
    analyseRun(row, { dataset, folders: { runs }, profile: "demo", points: 100, ...own });
  return { runs, analyse };
}

test.serial("analyseRun: labels and bins are those of the predictions on the test images", async (t) => {
  const { runs, analyse } = await trained(t, [dr]);
  const { confusion, bins, runId } = await analyse(dr);
  const predictor = buildPredictor(model, [32, 32, 3]);
  const logits = predictor.logits(await predictor.features(dataset.test));
  predictor.dispose();
  const { labels } = dataset.test;
  const measures = evaluatePredictions({ logits, labels, classCounts: [5, 5, 5, 5, 5, 5, 5, 5, 5, 5] });
  t.deepEqual(
    confusion.map((row, c) => (row[c] ?? 0) / 6),
    measures.perClassAccuracy,
  );
  t.true(confusion.every((row) => row.reduce((sum, count) => sum + count, 0) === 6));
  const gaps = bins.map(({ count, accuracy, confidence }) =>
    count === 0 ? 0 : (count / labels.length) * Math.abs((accuracy ?? 0) - (confidence ?? 0)),
  );
  t.is(bins.length, 15);
  t.true(Math.abs(gaps.reduce((sum, gap) => sum + gap, 0) - measures.calibration.ece) < 1e-12);
  t.is(runId, idOf(dr));
  t.deepEqual(await analysisOf(runId, { yours: runs }), await analyse(dr));
});

test.serial(
  "analyseRun: stage II has both, its own fusion in the embedding; stage I plain features and no forces",
  async (t) => {
    const { analyse } = await trained(t, [stageOne, dr, h2t]);
    const plain = await analyse(stageOne);
    const decoupled = await analyse(dr);
    const fused = await analyse(h2t);
    t.is(plain.forces, null);
    t.deepEqual(
      [plain, decoupled, fused].map(({ embedding }) => embedding?.fusion),
      [null, null, { ratio: 0.3, fusingSampler: "instance" }],
    );
    // Equal weights, seed and images, so that fusion is all that differs.
    t.deepEqual(plain.embedding, decoupled.embedding);
    t.deepEqual(fused.embedding?.labels, plain.embedding?.labels);
    t.notDeepEqual(fused.embedding?.x, plain.embedding?.x);
    t.deepEqual(fused.forces, decoupled.forces);
    t.like(plain.embedding, { method: "t-SNE", perplexity: 30, iterations: 1000, seed: 0 });
    t.is(plain.embedding?.x.length, 100);
  },
);

test.serial("analyseRun: equal bits when it is measured anew, and no tensor is left", async (t) => {
  const { runs, analyse } = await trained(t, [h2t]);
  const { runs: elsewhere, analyse: again } = await trained(t, [h2t]);
  const before = tf.memory().numTensors;
  await analyse(h2t);
  t.is(tf.memory().numTensors, before);
  await again(h2t);
  const bytes = await readFile(analysisFile(runs, idOf(h2t)));
  t.true(bytes.equals(await readFile(analysisFile(elsewhere, idOf(h2t)))));
  // Features come from the bank this time.
  await analyse(h2t, { fresh: true });
  t.true(bytes.equals(await readFile(analysisFile(runs, idOf(h2t)))));
});

test.serial(
  "analyseRun: what is there is kept, and read by whoever wants it, until it is measured anew",
  async (t) => {
    const { analyse } = await trained(t, [dr]);
    const shares: number[] = [];
    const first = await analyse(dr, { onProgress: (share) => void shares.push(share) });
    t.is(shares[0], 0);
    t.true(shares.every((share, i) => share > (shares[i - 1] ?? -1)));
    t.is(shares.at(-1), 1);
    t.deepEqual(await analyse(dr, { points: 120, onProgress: () => t.fail() }), first);
    t.is((await analyse(dr, { points: 120, fresh: true })).embedding?.x.length, 120);
  },
);

test.serial("analyseRun: without weights it names the command that trains them", async (t) => {
  const { analyse } = await trained(t, []);
  await t.throwsAsync(analyse(h2t), {
    instanceOf: FailureError,
    message:
      "a run is analysed by its weights, got none of table-5/bs-is@glyphs-10, seed 0, profile demo; train it: npx h2t run table-5/bs-is@glyphs-10 --profile demo --seed 0",
  });
  await t.throwsAsync(analyse(h2t, { seed: 2, fromSeed: 1 }), { message: /--seed 2 --from-seed 1$/ });
});

test.serial(
  "analyseRun: weights of another model are refused, a stop leaves nothing, and no tensor is left",
  async (t) => {
    const { analyse } = await trained(t, [h2t]);
    const before = tf.memory().numTensors;
    const signal = AbortSignal.abort(new Error("planted"));
    await t.throwsAsync(analyse(h2t, { signal }), { message: "planted" });
    const other = resnet32(20);
    const { runs, analyse: wrong } = await trained(t, [h2t], other);
    disposeModel(other);
    await t.throwsAsync(wrong(h2t), { message: /the weights must fit the model.*\[64,20\]/ });
    await writeFile(join(runs, idOf(h2t), "weights.safetensors"), "broken");
    await t.throwsAsync(wrong(h2t), { instanceOf: FailureError });
    t.is(tf.memory().numTensors, before);
  },
);

test.serial(
  "analyseRun: tells of another process that computes its features, hears a stop while it waits, and leaves no tensor",
  async (t) => {
    const { runs, analyse } = await trained(t, [dr]);
    const before = tf.memory().numTensors;
    const backbone = backboneDigest(model.backbone);
    const { split } = trainingImages(dataset.train, dr.imbalanceRatio);
    const bank = runBank(
      { runs },
      {
        ...{ backbone, moments: model.classifier.moments, provenance: provenance(new Date()) },
        data: { digest: dataset.digest, splitDigest: splitDigest(split.positions) },
      },
    );
    const { release } = await bank.openOrLock(testKey(dr.stage, backbone), "test", dataset.test.labels);
    const controller = new AbortController();
    const reason = new Error("planted");
    const owners: string[] = [];
    const onWait = (owner: string) => {
      owners.push(owner);
      controller.abort(reason);
    };
    t.is(await t.throwsAsync(analyse(dr, { onWait, signal: controller.signal })), reason);
    t.deepEqual(owners, [`process ${process.pid}`]);
    release();
    t.is(tf.memory().numTensors, before);
  },
);
