import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { findExperiment } from "../../src/paper/rows/experiments.ts";
import { runExperiment } from "../../src/paper/run.ts";
import { runIdOf } from "../../src/paper/run-id.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { pretendStageOne } from "../support/pretend-stage-one.ts";
import { packTinyGlyphs } from "../support/tiny-glyphs.ts";
import { factsOf } from "./facts-of.ts";

/** Stage II, which has ten epochs in every profile. */
const row = findExperiment("table-1/cifar10/50/dr-h2t@glyphs-10");

for (const kernel of ["h2t-ts", "h2t-tslab"]) {
  test.serial(
    `training in ${kernel}: stopped, it says where; run again, it ends as if nothing had happened`,
    async (t) => {
      // Two minutes and a half on a busy machine.
      t.timeout(300_000);
      const folder = await temporaryFolder(t);
      const dataset = await packTinyGlyphs(join(folder, "data"));
      const { digest } = dataset;
      for (const runs of ["runs", "whole"])
        await pretendStageOne(join(folder, runs), row.id, { digest, seed: 0 });
      const facts = await factsOf("training.py", kernel, folder, row.id);

      const epochs = Number(facts.epochs);
      const messageAfter = (count: number) =>
        `a run ends after its last epoch, got a stop after ${count} of 10 epochs of ${row.id}, seed 0; run it again, and it goes on from there`;
      const message = messageAfter(epochs);
      t.is(facts["while tracing"], messageAfter(0));
      t.deepEqual(facts.error, [
        { ename: "Interrupted", evalue: message, traceback: [`Interrupted: ${message}`] },
      ]);
      t.deepEqual(facts.files, ["checkpoint.safetensors", "weights.safetensors"]);
      t.is(facts.kept, "42");

      t.is(facts.status, "ok");
      t.is(facts.value, "1");
      const record = await runExperiment(row, {
        ...{ dataset, folders: { runs: join(folder, "whole") }, profile: "demo" },
      });
      const fileOf = (runs: string, name: string) =>
        readFileSync(join(folder, runs, runIdOf(row, 0, "demo", digest), name));
      t.true(fileOf("runs", "weights.safetensors").equals(fileOf("whole", "weights.safetensors")));
      const { history } = JSON.parse(String(fileOf("runs", "record.json")));
      t.deepEqual(history, record.history);

      const [first, ...later] = facts.chart as number[][];
      t.deepEqual(
        first,
        Array.from({ length: epochs }, (_, i) => i + 1),
        "the history is drawn at once",
      );
      t.deepEqual(
        later.at(-1),
        Array.from({ length: 10 }, (_, i) => i + 1),
      );
      t.deepEqual(facts.bundle, ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]);
      const progress = facts.progress as string[];
      t.regex(progress.at(-1) ?? "", /^table-1\/cifar10\/50\/dr-h2t@glyphs-10, seed 0, demo: head .*\)$/);
      t.true(
        progress.some((text) => /^.* stage II\n[█░]{40} \d+% {2}epoch \d+\/10, /.test(text)),
        progress[0],
      );
      for (const kinds of facts.kinds as string[][])
        t.deepEqual(kinds, ["display_data", ...kinds.slice(1).fill("update_display_data")]);
      t.deepEqual(facts.streams, []);
    },
  );
}
