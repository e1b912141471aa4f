import { mkdir } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import type { Dataset } from "../../src/data/image-set.ts";
import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { modelVariables } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { readVariables, saveVariables } from "../../src/models/weights.ts";
import { runExperiment } from "../../src/runs/run.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { startingModel } from "../../src/runs/starting-model.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { tinyClassifier, valuesOf } from "../support/tiny-training.ts";

const dataset: Dataset = {
  ...generateGlyphs({ numClasses: 10, trainPerClass: 2, testPerClass: 1, seed: 0 }),
  digest: "made-up",
};
const parent = findExperiment("table-1/cifar10/100/ce-mixup@glyphs-10");
/** Stage II that learns nothing: its weights at the end are those that it started with. */
const standing: Experiment = {
  ...parent,
  id: "made-up",
  imbalanceRatio: 1,
  from: parent.id,
  stage: {
    ...tinyClassifier,
    epochs: 1,
    batchSize: 20,
    fusion: { kind: "none" },
    shiftBatchNorm: false,
    optimiser: { ...tinyClassifier.optimiser, learningRate: 0 },
  },
};

for (const initialClassifier of ["fine-tuned", "re-initialised"] as const) {
  test(`stage II: a ${initialClassifier} classifier starts as its name says, on the backbone of stage I`, async (t) => {
    const runs = await temporaryFolder(t);
    const profile = "short";
    const seed = 3;
    // Weights that no seed of the run draws.
    const stageI = resnet32(10, { seed: 99 });
    const parentFolder = path.join(runs, runIdOf(parent, seed, profile, dataset.digest));
    await mkdir(parentFolder);
    await saveVariables(path.join(parentFolder, "weights.safetensors"), modelVariables(stageI), {});
    const experiment = { ...standing, stage: { ...standing.stage, initialClassifier } };
    const { runId } = await runExperiment(experiment, { dataset, folders: { runs }, seed, profile });

    const { tensors } = await readVariables(path.join(runs, runId, "weights.safetensors"));
    const drawn = valuesOf(resnet32(10, { seed }));
    const expected = Object.entries(valuesOf(stageI)).map(([name, values]) =>
      initialClassifier === "re-initialised" && name.startsWith("classifier.") ? drawn[name] : values,
    );
    t.deepEqual(
      [...tensors.values()].map(({ values }) => values),
      expected as Float32Array[],
    );
  });
}

test("stage II: the scales of a linear classifier that had none begin at 1", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "weights.safetensors");
  const stageI = resnet32(10, { seed: 99 });
  await saveVariables(file, modelVariables(stageI), {});
  const model = await startingModel({ ...standing, classifier: { kind: "scaledLinear" } }, 10, 0, file);
  const { "classifier.scale": scale, ...values } = valuesOf(model);
  t.deepEqual(scale, new Float32Array(10).fill(1));
  t.deepEqual(values, valuesOf(stageI));
});
