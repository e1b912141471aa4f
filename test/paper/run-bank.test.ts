import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { generateGlyphs } from "../../src/images/glyphs.ts";
import type { Dataset } from "../../src/images/image-set.ts";
import { disposeModel, modelVariables } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import type { RunRecord } from "../../src/paper/record.ts";
import { findExperiment } from "../../src/paper/rows/experiments.ts";
import { type RunOptions, runExperiment } from "../../src/paper/run.ts";
import { runIdOf } from "../../src/paper/run-id.ts";
import { saveVariables } from "../../src/training/weights.ts";

const dataset: Dataset = {
  ...generateGlyphs({ numClasses: 10, trainPerClass: 100, testPerClass: 2, seed: 0 }),
  name: "glyphs-10",
  origin: "generated",
  digest: "tiny",
  classNames: Array.from({ length: 10 }, (_, c) => `class ${c}`),
};
const idOf = (id: string) => runIdOf(findExperiment(id), 0, "demo", dataset.digest);

/** A folder of runs in which stage I has ended. */
async function runsAfterStageOne(t: ExecutionContext): Promise<string> {
  const runs = await mkdtemp(join(tmpdir(), "h2t-runs-"));
  t.teardown(() => rm(runs, { recursive: true, force: true }));
  const stageOne = join(runs, idOf("table-5/ce@glyphs-10"));
  await mkdir(stageOne);
  const model = resnet32(10);
  await saveVariables(join(stageOne, "weights.safetensors"), modelVariables(model), {});
  disposeModel(model);
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
const banksIn = (runs: string) => readdirSync(join(runs, "feature-banks"));

test.serial(
  "runs: rows that draw the same batches share a bank; records and weights equal recomputed ones",
  async (t) => {
    const runs = await runsAfterStageOne(t);
    const recomputed = await runsAfterStageOne(t);
    const banks: number[] = [];
    const replayed: boolean[] = [];
    for (const id of ["table-5/dr", "figure-5/0.3", "figure-5/1.0", "table-5/bs-rs"]) {
      const record = await runRow(id, runs);
      banks.push(banksIn(runs).length);
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
    // The fused branch and its test features; the fusing branch and theirs; nothing new; another fusing branch.
    t.deepEqual(banks, [2, 4, 4, 6]);
    t.deepEqual(replayed, [false, false, true, false]);
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
    const files = () =>
      readdirSync(join(runs, "feature-banks"), { recursive: true, encoding: "utf8" }).filter((file) =>
        file.includes("."),
      );
    t.deepEqual(
      files().map((file) => file.split("/")[1]),
      ["epoch-01.safetensors", "epoch-01.safetensors"],
    );
    const whole = await runRow("table-5/dr", await runsAfterStageOne(t));
    t.deepEqual(withoutProvenance(await runRow("table-5/dr", runs)), withoutProvenance(whole));
  },
);

test.serial("runs: a damaged or misplaced file of a bank is named and used by nobody", async (t) => {
  const runs = await runsAfterStageOne(t);
  const record = await runRow("table-5/dr", runs);
  const again = () => runRow("table-5/dr", runs, { fresh: true });
  const [one = "", two = ""] = banksIn(runs).map((bank) =>
    join(runs, "feature-banks", bank, "epoch-02.safetensors"),
  );
  const bytes = readFileSync(one);
  const damaged = Buffer.from(bytes);
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
  writeFileSync(one, damaged);
  await t.throwsAsync(again(), {
    message: `a stored file must be whole, as it was written (safetensors), got ${one}: its checksum does not match; delete it; the same command computes it again`,
  });
  writeFileSync(one, readFileSync(two));
  const error = await t.throwsAsync(again());
  t.true(
    error?.message.startsWith(`a file of a feature bank lies in the folder of its own key, got ${one} with`),
    error?.message,
  );
  rmSync(one);
  t.deepEqual(withoutProvenance(await again()), withoutProvenance(record));
  t.true(readFileSync(one).equals(bytes));
});
