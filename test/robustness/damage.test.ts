import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { FailureError } from "../../src/errors.ts";
import { generateGlyphs } from "../../src/images/glyphs.ts";
import { loadDataset } from "../../src/images/load-dataset.ts";
import { packedFiles } from "../../src/images/manifest.ts";
import { packDataset } from "../../src/images/pack-dataset.ts";
import { disposeModel } from "../../src/models/model.ts";
import { analysisFile, analysisOf, writeAnalysis } from "../../src/paper/analyses.ts";
import { readCheckpoint, saveCheckpoint } from "../../src/paper/checkpoint.ts";
import { readRecord, writeRecord } from "../../src/paper/records.ts";
import { findExperiment } from "../../src/paper/rows/experiments.ts";
import { FeatureCache } from "../../src/training/feature-bank.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { madeUpAnalysis } from "../support/made-up-analysis.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { smallModel } from "../support/small-model.ts";

const places = 200;
const row = findExperiment("table-5/bs-is@glyphs-10");
const accuracy = { head: 0.6, medium: 0.5, tail: null, all: 0.55 };

/** What a fault of the kit would say, where a damaged file must be named. */
const internal = /of undefined|is not a |internal|\[object|\n/;

/**
 * Changes one byte at each of 200 places, one at a time, and looks whether the file's reader says so.
 *
 * @param use - reads the file as whoever needs it does.
 * @param remedy - how each message must end.
 */
async function noticesEveryByte(
  t: ExecutionContext,
  file: string,
  use: () => unknown,
  remedy: RegExp,
): Promise<void> {
  const whole = readFileSync(file);
  await t.notThrowsAsync(async () => use(), "whole");
  const change = fc.record({ place: fc.nat(whole.length - 1), by: fc.integer({ min: 1, max: 255 }) });
  for (const { place, by } of fc.sample(fc.noBias(change), { numRuns: places, seed: 8 })) {
    const damaged = Buffer.from(whole);
    damaged[place] = (damaged[place] as number) ^ by;
    writeFileSync(file, damaged);
    const where = `byte ${place} of ${whole.length} changed by ${by}`;
    const error = await t.throwsAsync(async () => use(), { instanceOf: FailureError }, where);
    t.true(error?.message.includes(file), `${where}: ${error?.message}`);
    t.regex(error?.message ?? "", remedy, where);
    t.notRegex(error?.message ?? "", internal, where);
  }
  writeFileSync(file, whole);
}

test("damage: one byte changed in a checkpoint is noticed, 200 times of 200", async (t) => {
  const file = path.join(await temporaryFolder(t), "checkpoint.safetensors");
  const run = { runId: "0123456789abcdef", backboneDigest: null };
  const model = smallModel(10);
  const { history } = madeUpRecord(row, { accuracy }).record;
  await saveCheckpoint(file, { ...run, history, wallSeconds: 1.5, engines: [] }, model, new Map());
  disposeModel(model);
  await noticesEveryByte(
    t,
    file,
    () => readCheckpoint(file, run),
    /; delete the file and rerun the row with `h2t run`$/,
  );
});

test("damage: one byte changed in a file of a feature cache is noticed, 200 times of 200", async (t) => {
  const folder = await temporaryFolder(t);
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % 10);
  const features = async (compute: () => Promise<Float32Array>) =>
    new FeatureCache(folder, { model: "new" }).features({ branch: "test" }, "test", labels, 8, compute);
  const computed = Float32Array.from({ length: 320 }, (_, i) => i / 7);
  t.deepEqual(await features(async () => computed), computed);
  const [key = ""] = readdirSync(folder);
  await noticesEveryByte(
    t,
    path.join(folder, key, "test.safetensors"),
    () => features(() => Promise.reject(new Error("it was computed again without a word"))),
    /; delete the file and rerun the command to compute it again$/,
  );
});

test("damage: one byte changed in a run record is noticed, 200 times of 200", async (t) => {
  const file = path.join(await temporaryFolder(t), "record.json");
  const { record } = consistent(madeUpRecord(row, { accuracy: { ...accuracy, tail: 0.4 } }));
  await writeRecord(file, record);
  await noticesEveryByte(
    t,
    file,
    () => readRecord(file, record.runId),
    /; delete it and run its row again, or restore it from where it came$|; update the kit to the one that wrote it: git pull && npm run setup$/,
  );
});

test("damage: one byte changed in the analysis of a run is noticed, 200 times of 200", async (t) => {
  const yours = await temporaryFolder(t);
  const runId = "0123456789abcdef";
  const file = analysisFile(yours, runId);
  mkdirSync(path.dirname(file));
  await writeAnalysis(file, madeUpAnalysis(runId));
  await noticesEveryByte(
    t,
    file,
    () => analysisOf(runId, { yours }),
    /; delete it and run `h2t analyse` on its row again, or restore it from where it came$/,
  );
});

for (const name of [...packedFiles, "manifest.json"]) {
  test(`damage: one byte changed in ${name} of a packed data set is noticed, 200 times of 200`, async (t) => {
    const dataDir = await temporaryFolder(t);
    const glyphs = generateGlyphs({ numClasses: 10, trainPerClass: 2, testPerClass: 1, seed: 0 });
    await packDataset(glyphs, dataDir);
    await noticesEveryByte(
      t,
      path.join(dataDir, "glyphs-10", name),
      () => loadDataset("glyphs-10", dataDir),
      /; pack it again with `h2t data glyphs-10`$/,
    );
  });
}
