import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { runExperiment } from "../../src/runs/run.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { pretendStageOne } from "../support/pretend-stage-one.ts";
import { packTinyGlyphs } from "../support/tiny-glyphs.ts";
import { factsOf } from "./facts-of.ts";

/** Stage II, which has ten epochs in every profile. */
const row = findExperiment("table-1/cifar10/50/dr-h2t@glyphs-10");
const svg = ["image/svg+xml", "text/plain"];
const messageAfter = (count: number) =>
  `stopped after ${count} of 10 epochs of ${row.id}, seed 0; run the cell again to resume from there`;

/** A folder where a run finds its images and stage I. */
async function prepare(t: ExecutionContext) {
  // A busy machine takes its time.
  t.timeout(300_000);
  const folder = await temporaryFolder(t);
  const dataset = await packTinyGlyphs(join(folder, "data"));
  const pretend = (runs: string) =>
    pretendStageOne(join(folder, runs), row.id, { digest: dataset.digest, seed: 0 });
  await pretend("runs");
  return { folder, dataset, pretend };
}

/** @returns after how many epochs it was stopped. */
function checkStop(t: ExecutionContext, facts: Readonly<Record<string, unknown>>): number {
  const epochs = Number(facts.epochs);
  const message = messageAfter(epochs);
  t.deepEqual(facts.error, [
    { ename: "Interrupted", evalue: message, traceback: [`Interrupted: ${message}`] },
  ]);
  t.deepEqual(facts.files, ["checkpoint.safetensors", "weights.safetensors"]);
  t.deepEqual(facts.streams, []);
  t.is(facts.kept, "42");
  return epochs;
}

test.serial("training: stopped, it says where; run again, it ends as if nothing had happened", async (t) => {
  const { folder, dataset, pretend } = await prepare(t);
  const facts = await factsOf("training.py", "h2t-ts", folder, row.id, "whole");
  t.is(facts["while tracing"], messageAfter(0));
  const epochs = checkStop(t, facts);

  t.deepEqual([facts.status, facts.value], ["ok", "1"]);
  await pretend("whole");
  const folders = { runs: join(folder, "whole") };
  const record = await runExperiment(row, { dataset, folders, profile: "demo" });
  const fileOf = (runs: string, name: string) =>
    readFileSync(join(folder, runs, runIdOf(row, 0, "demo", dataset.digest), name));
  t.true(fileOf("runs", "weights.safetensors").equals(fileOf("whole", "weights.safetensors")));
  const { history } = JSON.parse(String(fileOf("runs", "record.json")));
  t.deepEqual(history, record.history);

  const chart = facts.chart as [forms: string[], epoch: number][];
  t.deepEqual(chart[0], [svg, epochs], "the history is drawn at once");
  t.deepEqual(chart.at(-1), [["application/vnd.plotly.v1+json", ...svg], 10], "interactive at the end");
  for (const [forms] of chart.slice(0, -1)) t.deepEqual(forms, svg);
  t.deepEqual(
    facts.curve,
    record.history.map(({ epoch }) => epoch),
  );
  const progress = facts.progress as string[];
  t.regex(progress.at(-1) ?? "", /^table-1\/cifar10\/50\/dr-h2t@glyphs-10, seed 0, demo: head .*\)$/);
  t.true(
    progress.some((text) => /^.* stage II\n[█░]{40} \d+% {2}epoch \d+\/10, /.test(text)),
    progress[0],
  );
  for (const kinds of facts.kinds as string[][])
    t.deepEqual(kinds, ["display_data", ...kinds.slice(1).fill("update_display_data")]);
});

test.serial("training on tslab's engine: stopped, it says where, and its checkpoint is there", async (t) => {
  const { folder } = await prepare(t);
  checkStop(t, await factsOf("training.py", "h2t-tslab", folder, row.id));
});
