import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { analysisOf, readAnalyses, writeAnalysis } from "../../src/analysis/analyses.ts";
import type { Analysis } from "../../src/analysis/analysis.ts";
import { FailureError } from "../../src/errors.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { readRecords, writeRecord } from "../../src/runs/records.ts";
import { analysisFile } from "../../src/runs/run-folders.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { fullAnalysis, madeUpAnalysis } from "../support/made-up-analysis.ts";
import { madeUpRecord } from "../support/made-up-record.ts";

const [one, two] = [madeUpAnalysis("1111111111111111"), madeUpAnalysis("2222222222222222")];
const full = fullAnalysis("3333333333333333");

/** A folder of its own with `results/` and `runs/` in it, and where an analysis lies in either. */
async function folders(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  const [shipped, yours] = [join(folder, "results"), join(folder, "runs")];
  const write = async (file: string, analysis: Analysis) => {
    await mkdir(dirname(file), { recursive: true });
    await writeAnalysis(file, analysis);
    return file;
  };
  return {
    ...{ shipped, yours },
    ship: (analysis: Analysis) => write(join(shipped, `${analysis.runId}.analysis.json`), analysis),
    keep: (analysis: Analysis) => write(analysisFile(yours, analysis.runId), analysis),
  };
}

test("readAnalyses: what was written comes back, each run once and yours before the shipped one", async (t) => {
  const { shipped, yours, ship, keep } = await folders(t);
  await ship(two);
  await ship({ ...one, confusion: [[8]] });
  await keep(one);
  await keep(full);
  t.deepEqual(await readAnalyses({ shipped, yours }), [one, two, full]);
  t.deepEqual(await analysisOf(one.runId, { shipped, yours }), one);
  t.deepEqual(await analysisOf(one.runId, { shipped }), { ...one, confusion: [[8]] });
  t.is(await analysisOf("4444444444444444", { shipped, yours }), undefined);
});

test("readAnalyses: folders that do not exist, and runs that were not analysed, have none", async (t) => {
  const { shipped, yours } = await folders(t);
  t.deepEqual(await readAnalyses({ shipped, yours }), []);
  await mkdir(join(yours, one.runId), { recursive: true });
  t.deepEqual(await readAnalyses({ yours }), []);
});

test("readRecords: passes over analyses among the shipped records", async (t) => {
  const { shipped, ship } = await folders(t);
  await ship(one);
  const accuracy = { head: 0.6, medium: 0.5, tail: 0.2, all: 0.44 };
  const { record } = consistent(madeUpRecord(findExperiment("table-5/dr"), { accuracy }));
  await writeRecord(join(shipped, `${record.runId}.json`), record);
  t.deepEqual(
    (await readRecords({ shipped })).map((stored) => stored.record.runId),
    [record.runId],
  );
});

test("readAnalyses: a truncated, a changed and a misplaced analysis are named", async (t) => {
  const remedy = "delete it and run `h2t analyse` on its row again, or restore it from where it came";
  const { yours, keep } = await folders(t);
  const file = await keep(one);
  const whole = await readFile(file, "utf8");
  const refusal = async (text: string, got: string) => {
    await writeFile(file, text);
    await t.throwsAsync(readAnalyses({ yours }), {
      instanceOf: FailureError,
      message: `${file} must be a whole analysis of a run, got ${got}; ${remedy}`,
    });
  };
  await refusal(whole.slice(0, 50), "50 characters that are not JSON");
  await refusal(whole.replace("0.625", "0.624"), "content that was changed");
  await refusal(whole.replace("0.625", "62.5"), "✖ Too big: expected number to be <=1 → at bins[0].accuracy");
  await refusal(await readFile(await keep(two), "utf8"), `the analysis of run ${two.runId}`);
});

test("writeAnalysis: a NaN is refused and nothing is left behind", async (t) => {
  const { yours } = await folders(t);
  await mkdir(yours);
  const broken = { ...full, forces: { ...full.forces, ratio: Number.NaN } } as Analysis;
  await t.throwsAsync(writeAnalysis(join(yours, "a.json"), broken));
  t.deepEqual(await readdir(yours), []);
});
