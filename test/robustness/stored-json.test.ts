import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { analysisOf } from "../../src/analysis/analyses.ts";
import type { Analysis } from "../../src/analysis/analysis.ts";
import { loadDataset } from "../../src/data/packs/load-dataset.ts";
import { type Manifest, manifestText } from "../../src/data/packs/manifest.ts";
import { packDataset } from "../../src/data/packs/pack-dataset.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import type { RunRecord } from "../../src/runs/record.ts";
import { readRecord } from "../../src/runs/records.ts";
import { analysisFile } from "../../src/runs/run-folders.ts";
import { hashOfRun } from "../../src/runs/run-plan.ts";
import { canonicalJson } from "../../src/storage/canonical-json.ts";
import { always } from "../support/always.ts";
import { patternPixels, temporaryFolder } from "../support/class-folders.ts";
import { cleanOutcome } from "../support/clean-outcome.ts";
import { consistent } from "../support/consistent-record.ts";
import { fullAnalysis } from "../support/made-up-analysis.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { spoiled } from "../support/spoiled.ts";
import { withDigest } from "../support/with-digest.ts";

// Every corrupted document gets a valid digest, because otherwise no check after the digest would run.

/** Path of a file in a new folder. */
async function fileIn(t: ExecutionContext, ...names: string[]): Promise<string> {
  const file = path.join(await temporaryFolder(t), ...names);
  mkdirSync(path.dirname(file), { recursive: true });
  return file;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parses a text; returns undefined unless it is a JSON object, since only an object can have a digest. */
function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isObject(content) ? content : undefined;
  } catch {
    return;
  }
}

const stored = (content: object) => `${canonicalJson(content, true)}\n`;

/** Formats a record with a valid digest and, if asked, with the id of the run that it describes. */
function recordText(text: string, ofItsRun: boolean): { text: string; runId?: string } {
  const content = objectIn(text);
  if (content === undefined || !isObject(content.provenance)) return { text };
  const { provenance, data, configuration, seed, profile } = content as unknown as RunRecord;
  if (!ofItsRun || !isObject(data)) return { text: stored(withDigest({ ...content, provenance })) };
  const runId = hashOfRun({ configuration, seed, profile, dataDigest: data.digest });
  return { text: stored(withDigest({ ...content, runId, provenance })), runId };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("records: any change with valid digest and id gives consistent numbers, or an error that names the file", async (t) => {
  const { record } = consistent(
    madeUpRecord(findExperiment("table-5/bs-is@glyphs-10"), {
      accuracy: { head: 0.6, medium: 0.5, tail: null, all: 0.55 },
    }),
  );
  const file = await fileIn(t, "record.json");
  writeFileSync(file, recordText(JSON.stringify(record), true).text);
  t.deepEqual(await readRecord(file, record.runId), record);
  const seen = new Set<string>();
  const refusals = [/not JSON/, /✖/, /history makes/, /perClassAccuracy makes/, /a configuration of run/];
  const texts = fc.tuple(spoiled(record), fc.boolean()).map(([text, ofItsRun]) => recordText(text, ofItsRun));
  await always(
    texts,
    async ({ text, runId = record.runId }) => {
      writeFileSync(file, text);
      const outcome = await cleanOutcome(() => readRecord(file, runId));
      if ("error" in outcome) {
        const { message } = outcome.error;
        t.true(message.includes(file), message);
        for (const refusal of refusals) if (refusal.test(message)) seen.add(refusal.source);
        return;
      }
      seen.add("read");
      const { configuration, seed, profile, data, history, last, bestOnTest } = outcome.result;
      t.is(hashOfRun({ configuration, seed, profile, dataDigest: data.digest }), runId);
      const near = (a: number, b: number) => t.true(Math.abs(a - b) < 1e-8);
      for (const { accuracy, perClassAccuracy } of [...history, last, bestOnTest])
        near(accuracy, mean(perClassAccuracy));
      const accuracies = history.map(({ accuracy }) => accuracy);
      near(last.accuracy, accuracies.at(-1) ?? Number.NaN);
      near(bestOnTest.accuracy, Math.max(...accuracies));
    },
    300,
  );
  t.deepEqual([...seen].sort(), ["read", ...refusals.map(({ source }) => source)].sort());
});

test("analyses: any change with a valid digest is read unchanged, or the error names the file", async (t) => {
  const analysis = fullAnalysis("0123456789abcdef");
  const yours = await temporaryFolder(t);
  const file = analysisFile(yours, analysis.runId);
  mkdirSync(path.dirname(file));
  const read = () => analysisOf(analysis.runId, { yours });
  const digested = (content: Readonly<Record<string, unknown>> | Analysis) =>
    stored({ ...content, digest: createHash("sha256").update(canonicalJson(content)).digest("hex") });
  writeFileSync(file, digested(analysis));
  t.deepEqual(await read(), analysis);
  const seen = new Set<string>();
  await always(spoiled(analysis), async (text) => {
    const content = objectIn(text);
    writeFileSync(file, content === undefined ? text : digested(content));
    const outcome = await cleanOutcome(read);
    seen.add(Object.keys(outcome).join());
    if ("error" in outcome) t.true(outcome.error.message.includes(file));
    else t.deepEqual<unknown, unknown>(outcome.result, content);
  });
  t.deepEqual([...seen].sort(), ["error", "result"]);
});

test("manifests: any change with a valid hash gives the packed images, or an error that names the file", async (t) => {
  const file = await fileIn(t, "glyphs-10", "manifest.json");
  const dataDir = path.dirname(path.dirname(file));
  const image = { pixels: patternPixels(1), labels: Int32Array.of(0), height: 32, width: 32, numClasses: 1 };
  const packed = {
    name: "glyphs-10",
    origin: "generated",
    classNames: ["a"],
    train: image,
    test: image,
  } as const;
  const { digest } = await packDataset(packed, dataDir);
  const whole = readFileSync(file, "utf8");
  const manifest: Manifest = JSON.parse(whole);
  t.is(manifestText(manifest), whole);
  t.is((await loadDataset("glyphs-10", dataDir)).digest, digest);
  const seen = new Set<string>();
  await always(spoiled(manifest), async (text) => {
    const content = objectIn(text);
    writeFileSync(file, content === undefined ? text : manifestText(content as Manifest));
    const outcome = await cleanOutcome(() => loadDataset("glyphs-10", dataDir));
    seen.add(Object.keys(outcome).join());
    if ("error" in outcome)
      t.regex(
        outcome.error.message,
        /glyphs-10\/(manifest\.json|\w+-(images|labels)\.bin).*`h2t data glyphs-10`$/,
      );
    else {
      const { train, test } = outcome.result;
      t.is(outcome.result.digest, digest);
      for (const { pixels, labels } of [train, test])
        t.deepEqual([Buffer.from(pixels), labels], [Buffer.from(image.pixels), image.labels]);
    }
  });
  t.deepEqual([...seen].sort(), ["error", "result"]);
});
