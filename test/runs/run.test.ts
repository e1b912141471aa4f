import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import type { Dataset, ImageSet } from "../../src/data/image-set.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { plainRepresentation } from "../../src/experiments/methods/cross-entropy.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { disposeModel, modelVariables } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { saveVariables } from "../../src/models/weights.ts";
import { readCheckpoint } from "../../src/runs/checkpoint.ts";
import { runExperiment } from "../../src/runs/run.ts";
import { checkpointOf } from "../../src/runs/run-folders.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";

const row = findExperiment("table-5/dr@glyphs-10");
const stageOne = findExperiment(row.from ?? "");

function blackImages(perClass: number): ImageSet {
  const labels = Int32Array.from({ length: 10 * perClass }, (_, i) => Math.floor(i / perClass));
  const pixels = new Uint8Array(labels.length * 32 * 32 * 3);
  return { pixels, labels, height: 32, width: 32, numClasses: 10 };
}

const dataset: Dataset = {
  name: "glyphs-10",
  origin: "generated",
  digest: "black",
  classNames: Array.from({ length: 10 }, (_, c) => `class ${c}`),
  train: blackImages(100),
  test: blackImages(1),
};

/** A run's folder with a checkpoint that cannot be read, so that whoever goes on from it says so. */
async function brokenCheckpoint(runs: string, runId: string): Promise<string> {
  const file = join(runs, runId, "checkpoint.safetensors");
  await mkdir(join(runs, runId), { recursive: true });
  await writeFile(file, "broken");
  return file;
}

const newFolder = () => mkdtemp(join(tmpdir(), "h2t-run-"));
const idOf = (experiment: typeof row) => runIdOf(experiment, 0, "demo", dataset.digest);

test("run: training a row anew leaves the run that it starts from, and its checkpoint", async (t) => {
  const runs = await newFolder();
  const checkpoint = await brokenCheckpoint(runs, idOf(stageOne));
  const error = await t.throwsAsync(
    runExperiment(row, { dataset, folders: { runs }, profile: "demo", fresh: true }),
  );
  t.true(error.message.includes(checkpoint), error.message);
  t.true(existsSync(checkpoint));
});

test("run: a record without weights is not a finished run", async (t) => {
  const runs = await newFolder();
  const checkpoint = await brokenCheckpoint(runs, idOf(row));
  await writeFile(join(runs, idOf(row), "record.json"), "{}");
  await mkdir(join(runs, idOf(stageOne)));
  const model = resnet32(10);
  await saveVariables(join(runs, idOf(stageOne), "weights.safetensors"), modelVariables(model), {});
  disposeModel(model);
  const error = await t.throwsAsync(runExperiment(row, { dataset, folders: { runs }, profile: "demo" }));
  t.true(error.message.includes(checkpoint), error.message);
});

test.serial(
  "run: killed between record and weights it goes on, also where weights of such a run ship with the kit",
  async (t) => {
    const [runs, results] = [await newFolder(), await newFolder()];
    const folders = { runs, results };
    const runId = idOf(stageOne);
    await writeFile(join(results, `${runId}.safetensors`), "of another run");
    const checkpoint = await brokenCheckpoint(runs, runId);
    await writeFile(join(runs, runId, "record.json"), "{}");
    const before = tf.memory().numTensors;
    // Also the rows that start from it take no other weights than those that its record measures.
    for (const experiment of [stageOne, row]) {
      const error = await t.throwsAsync(runExperiment(experiment, { dataset, folders, profile: "demo" }));
      t.true(error.message.includes(checkpoint), error.message);
    }
    t.is(tf.memory().numTensors, before);
  },
);

test("run: goes on from a shipped checkpoint, unless it has one of its own or is to be trained anew", async (t) => {
  const [runs, results] = [await newFolder(), await newFolder()];
  const runId = idOf(stageOne);
  const shipped = join(results, `${runId}.checkpoint.safetensors`);
  await writeFile(shipped, "broken");
  const folders = { runs, results };
  t.is(checkpointOf(runId, folders), shipped);
  const error = await t.throwsAsync(runExperiment(stageOne, { dataset, folders, profile: "demo" }));
  t.true(error.message.includes(shipped), error.message);
  const stop = AbortSignal.abort(new Error("planted"));
  const anew = { dataset, folders, profile: "demo", fresh: true, signal: stop } as const;
  await t.throwsAsync(runExperiment(stageOne, anew), { message: "planted" });
  const own = await brokenCheckpoint(runs, runId);
  t.is(checkpointOf(runId, folders), own);
});

test("run: weights that leave the finite numbers end it at that step; the checkpoint of the last epoch stays", async (t) => {
  const folder = await newFolder();
  const stage = {
    ...plainRepresentation,
    epochs: 3,
    // 1e38 times the rate of the first epoch.
    schedule: { kind: "multistep", warmupEpochs: 0, decayAfter: [1], factor: 1e38 },
  } as const;
  const diverging: Experiment = { ...findExperiment("quickstart/ce-mixup@glyphs-10"), stage };
  const run = async () => {
    const begun: number[] = [];
    const options = { dataset, folders: { runs: folder }, profile: "paper" } as const;
    const onStart = (_row: Experiment, history: readonly object[]) => void begun.push(history.length);
    const error = await t.throwsAsync(runExperiment(diverging, { ...options, onStart }));
    return { message: error.message, begun };
  };
  const first = await run();
  t.regex(
    first.message,
    /^loss and weights must be finite numbers after every step, got a loss of \S+ and .+ in step \d of epoch 2, at learning rate 1e\+37; lower the row's learning rate; what epoch 1 left is kept$/,
  );
  const runId = runIdOf(diverging, 0, "paper", dataset.digest);
  t.deepEqual(
    readdirSync(join(folder, runId)).filter((name) => !name.startsWith("events.")),
    ["checkpoint.safetensors", "log.jsonl"],
  );
  const kept = await readCheckpoint(join(folder, runId, "checkpoint.safetensors"), {
    ...{ runId, backboneDigest: null },
  });
  t.deepEqual(
    kept?.history.map(({ epoch }) => epoch),
    [1],
  );
  // It goes on from there, and to the same step.
  t.deepEqual(await run(), { message: first.message, begun: [1] });
  t.deepEqual(first.begun, [0]);
});
