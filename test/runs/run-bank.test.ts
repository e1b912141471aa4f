import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { Dataset } from "../../src/data/image-set.ts";
import { packDataset } from "../../src/data/packs/pack-dataset.ts";
import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { disposeModel, modelVariables } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { saveVariables } from "../../src/models/weights.ts";
import type { RunRecord } from "../../src/runs/record.ts";
import { type RunOptions, runExperiment } from "../../src/runs/run.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { shipFeatures } from "../../src/runs/ship-features.ts";
import { shipLabels, shippedLabels } from "../../src/runs/shipped-labels.ts";

const dataset: Dataset = {
  ...generateGlyphs({ numClasses: 10, trainPerClass: 100, testPerClass: 2, seed: 0 }),
  name: "glyphs-10",
  origin: "generated",
  digest: "tiny",
  classNames: Array.from({ length: 10 }, (_, c) => `class ${c}`),
};
const idOf = (id: string) => runIdOf(findExperiment(id), 0, "demo", dataset.digest);

/** Leaves what a stage I would, with the weights of a seed. */
async function endStageOne(runs: string, seed: number): Promise<void> {
  const folder = join(runs, idOf("table-5/ce@glyphs-10"));
  await mkdir(folder, { recursive: true });
  const model = resnet32(10, { seed });
  await saveVariables(join(folder, "weights.safetensors"), modelVariables(model), {});
  disposeModel(model);
}

/** A folder of runs in which stage I has ended. */
async function runsAfterStageOne(t: ExecutionContext): Promise<string> {
  const runs = await mkdtemp(join(tmpdir(), "h2t-runs-"));
  t.teardown(() => rm(runs, { recursive: true, force: true }));
  await endStageOne(runs, 0);
  return runs;
}

const runRow = (id: string, runs: string, options: Partial<RunOptions> = {}) =>
  runExperiment(findExperiment(`${id}@glyphs-10`), {
    dataset,
    folders: { runs },
    profile: "demo",
    ...options,
  });

const withoutProvenance = ({ provenance: _, ...record }: RunRecord) => record;
const weightsOf = (runs: string, id: string) =>
  readFileSync(join(runs, idOf(`${id}@glyphs-10`), "weights.safetensors"));
const filesIn = (runs: string, name: string) =>
  readdirSync(join(runs, "feature-banks"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(name))
    .map((file) => join(runs, "feature-banks", file));

test.serial(
  "runs: rows that draw the same batches share a bank; records and weights equal recomputed ones",
  async (t) => {
    const runs = await runsAfterStageOne(t);
    const recomputed = await runsAfterStageOne(t);
    const kept: number[][] = [];
    const replayed: boolean[] = [];
    for (const id of ["table-5/dr", "figure-5/0.3", "figure-5/1.0", "table-5/bs-rs"]) {
      const record = await runRow(id, runs);
      kept.push(["epoch-10.safetensors", "test.safetensors"].map((name) => filesIn(runs, name).length));
      replayed.push(record.provenance.replayed);
      if (id !== "figure-5/1.0" && id !== "table-5/bs-rs") continue;
      t.deepEqual(
        withoutProvenance(record),
        withoutProvenance(await runRow(id, recomputed, { recompute: true })),
        id,
      );
      t.true(weightsOf(runs, id).equals(weightsOf(recomputed, id)), id);
      t.regex(record.backboneDigest ?? "", /^[0-9a-f]{64}$/);
    }
    // The fused branch; the fusing branch; nothing new; another fusing branch; and the states of the statistics.
    t.deepEqual(kept, [
      [1, 10],
      [2, 20],
      [2, 20],
      [3, 30],
    ]);
    t.deepEqual(replayed, [false, true, true, true]);
    t.false(readdirSync(recomputed).includes("feature-banks"));
  },
);

test.serial(
  "runs: one that stops in mid-epoch keeps whole epochs only and goes on to the same record",
  async (t) => {
    const runs = await runsAfterStageOne(t);
    const stop = new AbortController();
    const stopping = runRow("table-5/dr", runs, {
      signal: stop.signal,
      onProgress: (_, { epoch, images, imagesPerEpoch }) => {
        if (epoch === 1 && images < imagesPerEpoch) stop.abort(new Error("planted"));
      },
    });
    await t.throwsAsync(stopping, { message: "planted" });
    t.deepEqual(
      filesIn(runs, "s")
        .map((file) => basename(file))
        .sort(),
      ["epoch-01.safetensors", "test.safetensors"],
    );
    const whole = await runRow("table-5/dr", await runsAfterStageOne(t));
    t.deepEqual(withoutProvenance(await runRow("table-5/dr", runs)), withoutProvenance(whole));
  },
);

test.serial("runs: one does not go on with another stage I, whose features its bank would get", async (t) => {
  const runs = await runsAfterStageOne(t);
  const stop = new AbortController();
  const stopping = { signal: stop.signal, onEpoch: () => stop.abort(new Error("planted")) };
  await t.throwsAsync(runRow("table-5/dr", runs, stopping), { message: "planted" });
  await endStageOne(runs, 1);
  await t.throwsAsync(runRow("table-5/dr", runs), {
    message: /^stage II goes on only with the stage-I weights that it began with, got /,
  });
  const { history } = await runRow("table-5/dr", runs, { fresh: true });
  const elsewhere = await runsAfterStageOne(t);
  await endStageOne(elsewhere, 1);
  t.deepEqual(history, (await runRow("table-5/dr", elsewhere, { recompute: true })).history);
});

test.serial("runs: a damaged or misplaced file of a bank is named and used by nobody", async (t) => {
  const runs = await runsAfterStageOne(t);
  const record = await runRow("table-5/dr", runs);
  const again = () => runRow("table-5/dr", runs, { fresh: true });
  const [one = ""] = filesIn(runs, "epoch-02.safetensors");
  const [two = ""] = filesIn(runs, "test.safetensors");
  const bytes = readFileSync(one);
  const damaged = Buffer.from(bytes);
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
  writeFileSync(one, damaged);
  await t.throwsAsync(again(), {
    code: "STORED_FILE_DAMAGED",
    message: new RegExp(`${one} .+: its checksum does not match;`),
  });
  writeFileSync(one, readFileSync(two));
  const error = await t.throwsAsync(again(), { code: "CACHED_FEATURES_MISMATCH" });
  t.true(error?.message.includes(`${one} have the key {`), error?.message);
  rmSync(one);
  t.deepEqual(withoutProvenance(await again()), withoutProvenance(record));
  t.true(readFileSync(one).equals(bytes));
});

test.serial(
  "runs: a frozen row trains without images from features and labels that ship with the kit",
  async (t) => {
    const runs = await runsAfterStageOne(t);
    const [results, data] = await Promise.all([
      mkdtemp(join(tmpdir(), "h2t-")),
      mkdtemp(join(tmpdir(), "h2t-")),
    ]);
    t.teardown(() =>
      Promise.all([results, data].map((folder) => rm(folder, { recursive: true, force: true }))),
    );
    const { digest } = await packDataset(dataset, data);
    const stageOne = findExperiment("table-5/ce@glyphs-10");
    const weights = join(runs, idOf(stageOne.id), "weights.safetensors");
    // The labels have the digest of their pack; every other run of this test has a shorter one.
    await cp(weights, join(results, `${runIdOf(stageOne, 0, "demo", digest)}.safetensors`));
    const rowId = "frozen/cifar10/100/bs-is/0.3";
    const row = findExperiment(`${rowId}@glyphs-10`);
    await shipFeatures(row, dataset, weights, results);
    await shipLabels("glyphs-10", data, results);

    const labels = await shippedLabels({ runs, results }, row, "demo", 0);
    if (labels === null) return t.fail("no labels");
    t.deepEqual(labels.train.labels, dataset.train.labels);
    t.throws(() => labels.train.pixels, { code: "IMAGES_NOT_PACKED" });
    const expected = await runRow(rowId, runs);
    const elsewhere = await runsAfterStageOne(t);
    const withoutImages = { ...labels, digest: dataset.digest };
    const record = await runRow(rowId, elsewhere, {
      dataset: withoutImages,
      folders: { runs: elsewhere, results },
    });
    t.deepEqual(withoutProvenance(record), withoutProvenance(expected));
    t.true(record.provenance.replayed);
    t.false(readdirSync(elsewhere).includes("feature-banks"), "nothing was computed");

    const labelsFor = (id: string, seed: number) =>
      shippedLabels({ runs, results }, findExperiment(id), "demo", seed);
    t.is(await labelsFor("frozen/cifar100/100/dr@glyphs-100", 0), null, "no labels ship");
    t.is(await labelsFor(`${rowId}@glyphs-10`, 1), null, "no features of this stage I");
    t.is(await labelsFor("table-5/dr@glyphs-10", 0), null, "the row needs images");
  },
);
