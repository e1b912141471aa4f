import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { Dataset } from "../../src/data/image-set.ts";
import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { writeRecord } from "../../src/runs/records.ts";
import { sourcesDigest } from "../../src/runs/sources.ts";
import { outdatedLine, outdatedRuns } from "../../src/workflow/outdated-runs.ts";
import { plannedRuns } from "../../src/workflow/training-order.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { madeUpRecord } from "../support/made-up-record.ts";

const dataset: Dataset = {
  ...generateGlyphs({ numClasses: 10, trainPerClass: 1, testPerClass: 1, seed: 0 }),
  name: "glyphs-10",
  origin: "generated",
  digest: "made-up-generated",
  classNames: [],
};
const datasetOf = () => dataset;
const accuracy = { head: 0.5, medium: 0.25, tail: 0.125, all: 0.3 };
const stageOne = findExperiment("table-5/ce@glyphs-10");
const stageTwo = findExperiment("table-5/dr@glyphs-10");

/** A folder of ended runs; each by the sources given, or by a kit that did not note them. */
async function runsBy(t: ExecutionContext, ended: readonly [id: string, seed: number, sources?: string][]) {
  const runs = await temporaryFolder(t);
  for (const [id, seed, sources] of ended) {
    const made = madeUpRecord(findExperiment(id), { accuracy, seed, profile: "demo", origin: "generated" });
    const { record } = consistent(made);
    const folder = join(runs, record.runId);
    await mkdir(folder);
    const provenance = { ...record.provenance, ...(sources === undefined ? {} : { sources }) };
    await writeRecord(join(folder, "record.json"), { ...record, provenance });
    await writeFile(join(folder, "weights.safetensors"), "");
  }
  return runs;
}

const named = async (runs: string, ids: readonly string[], seeds: readonly number[], fromSeed?: number) => {
  const planned = plannedRuns(ids.map(findExperiment), seeds, fromSeed);
  return outdatedRuns({ runs: planned, profile: "demo", folders: { runs } }, datasetOf);
};

test("outdated runs: none where today's sources trained all, or nothing has ended", async (t) => {
  const runs = await runsBy(t, [
    [stageOne.id, 0, sourcesDigest()],
    [stageTwo.id, 0, sourcesDigest()],
  ]);
  t.deepEqual(await named(runs, [stageOne.id, stageTwo.id], [0, 1]), []);
});

test("outdated runs: those of other sources, and of none that were noted, in the order in which they train", async (t) => {
  const runs = await runsBy(t, [
    [stageOne.id, 0, "other"],
    [stageTwo.id, 0, sourcesDigest()],
    [stageOne.id, 1, sourcesDigest()],
    [stageTwo.id, 1],
  ]);
  const found = await named(runs, [stageTwo.id], [0, 1]);
  t.deepEqual(
    found.map(({ row, seed }) => [row.id, seed]),
    [
      [stageOne.id, 0],
      [stageTwo.id, 1],
    ],
  );
  const line = outdatedLine(found, "demo");
  t.true(
    line.endsWith(
      ": npx h2t run table-5/ce@glyphs-10 table-5/dr@glyphs-10 --profile demo --seeds 0,1 --fresh\n",
    ),
    line,
  );
  t.is(line.indexOf("\n"), line.length - 1);
});

test("outdated runs: the command starts from the stage I that they started from", (t) => {
  const runs = plannedRuns([stageTwo], [1, 2], 0);
  t.true(outdatedLine(runs, "short").includes(" --seeds 1,2 --from-seed 0 --fresh"));
});
