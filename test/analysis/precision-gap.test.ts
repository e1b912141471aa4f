import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "ava";
import { precisionGap } from "../../src/analysis/precision-gap.ts";
import { batchLabels } from "../../src/data/batches/batch.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { frozenRowId } from "../../src/experiments/studies/frozen.ts";
import { imageViews } from "../../src/features/image-views.ts";
import { disposeModel } from "../../src/models/model.ts";
import { randomStream } from "../../src/random.ts";
import { backboneDigest, shippedBank } from "../../src/runs/run-bank.ts";
import { weightsOf } from "../../src/runs/run-folders.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { shippedLabels } from "../../src/runs/shipped-labels.ts";
import { startingModel } from "../../src/runs/starting-model.ts";
import { trainingImages } from "../../src/runs/training-images.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { splitDigest } from "../../src/splits/split-digest.ts";
import { roundToHalf } from "../../src/storage/safetensors/half-precision.ts";

const shipped = path.join(projectFolder, "results");
const row = findExperiment(frozenRowId("cifar10", 0.3));
const stageOne = findExperiment(row.from ?? "");

/** Numbers of single precision that round to given ones of half precision, drawn from all over what does. */
function unrounded(halves: Float32Array): Float32Array {
  const stream = randomStream(0, "order");
  const drawn = halves.map((half) => half * (1 + (2 * stream.uniform() - 1) * 2 ** -11));
  const rounded = roundToHalf(drawn);
  return drawn.map((value, i) => (rounded[i] === halves[i] ? value : (halves[i] as number)));
}

test("shipped features: those in single precision that round to them give accuracies within 0.1 point", async (t) => {
  t.timeout(180_000);
  const labels = await shippedLabels({ runs: shipped, results: shipped }, row, "paper", 0);
  if (labels === null) return t.fail("no labels");
  const weightsFile = weightsOf(runIdOf(stageOne, 0, "paper", labels.digest), {
    runs: shipped,
    results: shipped,
  });
  if (weightsFile === undefined) return t.fail("no weights");
  const folder = await mkdtemp(path.join(tmpdir(), "h2t-test-"));
  const [runs, results] = [path.join(folder, "runs"), path.join(folder, "results")];
  t.teardown(() => rm(folder, { recursive: true }));
  await cp(path.join(shipped, "feature-banks"), path.join(results, "feature-banks"), { recursive: true });
  await symlink(weightsFile, path.join(results, path.basename(weightsFile)));

  const model = await startingModel(row, labels.train.numClasses, 0, weightsFile);
  const after = backboneDigest(model.backbone);
  disposeModel(model);
  const { split, data } = trainingImages(labels.train, row.imbalanceRatio);
  const bank = shippedBank(results, {
    ...{ backbone: after, moments: 1 },
    data: { digest: labels.digest, splitDigest: splitDigest(split.positions) },
  });
  const ofTraining = batchLabels(labels.train, imageViews(data, 4).images);
  const parts = [
    ...[1, 2, 3, 4].map((view) => ({
      ...{ key: { branch: "views", views: 4 }, part: `view-0${view}`, of: ofTraining },
    })),
    { key: { branch: "test", after }, part: "test", of: labels.test.labels },
  ];
  for (const { key, part, of } of parts) {
    const reader = bank.open({ ...key, halfPrecision: true }, part, of);
    if (reader === null) return t.fail(`no ${part}`);
    const [shape, halves] = [reader.shape("features") ?? [], reader.readAll("features")];
    reader.close();
    const exact = unrounded(halves);
    t.notDeepEqual(exact, halves);
    t.deepEqual(roundToHalf(exact), halves);
    const writer = bank.create(key, part, of, { features: shape });
    writer.write("features", 0, exact);
    writer.finish();
  }

  const options = { dataset: labels, folders: { runs, results }, profile: "paper", seed: 0 } as const;
  const gap = await precisionGap(row, options);
  t.true(gap <= 0.1, `${gap} points`);
});
