import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { analysisOf, writeAnalysis } from "../../src/analysis/analyses.ts";
import { loadDataset } from "../../src/data/packs/load-dataset.ts";
import { packedFiles } from "../../src/data/packs/manifest.ts";
import { packDataset } from "../../src/data/packs/pack-dataset.ts";
import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import { FailureError } from "../../src/errors.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { FeatureBank } from "../../src/features/feature-bank.ts";
import { disposeModel } from "../../src/models/model.ts";
import { readCheckpoint, saveCheckpoint } from "../../src/runs/checkpoint.ts";
import { readRecord, writeRecord } from "../../src/runs/records.ts";
import { analysisFile } from "../../src/runs/run-folders.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { madeUpAnalysis } from "../support/made-up-analysis.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { smallModel } from "../support/small-model.ts";

const positions = 200;
const row = findExperiment("table-5/bs-is@glyphs-10");
const accuracy = { head: 0.6, medium: 0.5, tail: null, all: 0.55 };

/** Signs of an internal error, which must not occur in a message about a damaged file. */
const internal = /of undefined|is not (?:a (?:function|constructor)|iterable|defined)|internal|\[object|\n/;

/**
 * Changes one byte at each of 200 positions, one at a time, and requires an error that names the file.
 *
 * @param use - reads the file.
 * @param fix - command or action that each message must name.
 */
async function detectsEveryByte(
  t: ExecutionContext,
  file: string,
  use: () => unknown,
  fix: RegExp,
): Promise<void> {
  const whole = readFileSync(file);
  await t.notThrowsAsync(async () => use(), "whole");
  const change = fc.record({ position: fc.nat(whole.length - 1), by: fc.integer({ min: 1, max: 255 }) });
  for (const { position, by } of fc.sample(fc.noBias(change), { numRuns: positions, seed: 8 })) {
    const damaged = Buffer.from(whole);
    damaged[position] = (damaged[position] as number) ^ by;
    writeFileSync(file, damaged);
    const where = `byte ${position} of ${whole.length} changed by ${by}`;
    const error = await t.throwsAsync(async () => use(), { instanceOf: FailureError }, where);
    t.true(error?.message.includes(file), `${where}: ${error?.message}`);
    t.regex(error?.message ?? "", fix, where);
    t.notRegex(error?.message ?? "", internal, where);
  }
  writeFileSync(file, whole);
}

test("damage: one byte changed in a checkpoint is detected, 200 times of 200", async (t) => {
  const file = path.join(await temporaryFolder(t), "checkpoint.safetensors");
  const run = { runId: "0123456789abcdef", backboneDigest: null };
  const model = smallModel(10);
  const { history } = madeUpRecord(row, { accuracy }).record;
  await saveCheckpoint(file, { ...run, history, wallSeconds: 1.5, engines: [] }, model, new Map());
  disposeModel(model);
  await detectsEveryByte(t, file, () => readCheckpoint(file, run), /`h2t run`/);
});

test("damage: one byte changed in a file of a feature bank is detected, 200 times of 200", async (t) => {
  const folder = await temporaryFolder(t);
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % 10);
  const features = async (compute: () => Promise<Float32Array>) =>
    new FeatureBank(folder, { model: "new" }).features({ branch: "test" }, "test", labels, 8, compute);
  const computed = Float32Array.from({ length: 320 }, (_, i) => i / 7);
  t.deepEqual(await features(async () => computed), computed);
  const [bank = ""] = readdirSync(folder);
  await detectsEveryByte(
    t,
    path.join(folder, bank, "test.safetensors"),
    () => features(() => Promise.reject(new Error("recomputed silently"))),
    /; delete it/,
  );
});

test("damage: one byte changed in a run record is detected, 200 times of 200", async (t) => {
  const file = path.join(await temporaryFolder(t), "record.json");
  const { record } = consistent(madeUpRecord(row, { accuracy: { ...accuracy, tail: 0.4 } }));
  await writeRecord(file, record);
  await detectsEveryByte(
    t,
    file,
    () => readRecord(file, record.runId),
    /; delete it|git pull && npm run setup/,
  );
});

test("damage: one byte changed in the analysis of a run is detected, 200 times of 200", async (t) => {
  const yours = await temporaryFolder(t);
  const runId = "0123456789abcdef";
  const file = analysisFile(yours, runId);
  mkdirSync(path.dirname(file));
  await writeAnalysis(file, madeUpAnalysis(runId));
  await detectsEveryByte(t, file, () => analysisOf(runId, { yours }), /`h2t analyse`/);
});

for (const name of [...packedFiles, "manifest.json"]) {
  test(`damage: one byte changed in ${name} of a packed data set is detected, 200 times of 200`, async (t) => {
    const dataDir = await temporaryFolder(t);
    const glyphs = generateGlyphs({ numClasses: 10, trainPerClass: 2, testPerClass: 1, seed: 0 });
    await packDataset(glyphs, dataDir);
    await detectsEveryByte(
      t,
      path.join(dataDir, "glyphs-10", name),
      () => loadDataset("glyphs-10", dataDir),
      /`h2t data glyphs-10`$/,
    );
  });
}
