import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import test from "ava";
import { differences, finish } from "../../bench/soak/kill-runs.ts";
import { resultsIn } from "../../bench/soak/run-results.ts";
import { row, type Started, startWatched } from "../../bench/soak/run-watched.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { lock } from "../../src/storage/lock.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { startCommand } from "../support/start-command.ts";

const runIdIn = (folder: string, rowId: string) => {
  const { digest } = JSON.parse(readFileSync(path.join(folder, "data/glyphs-10/manifest.json"), "utf8"));
  return runIdOf(findExperiment(rowId), 0, "trial", digest);
};
const argsIn = (folder: string) => [
  "run",
  row,
  "--profile=trial",
  `--data=${path.join(folder, "data")}`,
  `--runs=${path.join(folder, "runs")}`,
];
/** A message that names the process that another one waits for. */
const waitsFor = (pid: number | undefined) => new RegExp(`\\bprocess ${pid}\\b`);
async function appears(file: string, { child, ended }: Started): Promise<void> {
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error(`no ${file}: ${(await ended).stderr}`);
    await pause(20);
  }
}
const count = (texts: readonly string[], pattern: RegExp) =>
  texts.filter((text) => pattern.test(text)).length;

test.serial(
  "two processes on one run: the second reports that it waits, and resumes the run when the first is killed",
  async (t) => {
    const folder = await temporaryFolder(t);
    const [whole, shared] = [path.join(folder, "whole"), path.join(folder, "shared")];
    await finish(whole);

    const moment = { work: "a checkpoint write", operation: 3, when: "after", signal: "SIGSTOP" } as const;
    const owner = startWatched(shared, moment);
    t.teardown(() => owner.child.kill("SIGKILL"));
    const manifest = path.join(shared, "data/glyphs-10/manifest.json");
    await appears(manifest, owner);
    const stageOne = runIdIn(shared, findExperiment(row).from ?? "");
    // From then on it is stopped, in the middle of stage I.
    await appears(path.join(shared, "runs", stageOne, "checkpoint.safetensors"), owner);
    const heir = startCommand(argsIn(shared));
    await heir.said(waitsFor(owner.child.pid));
    owner.child.kill("SIGKILL");
    t.is((await owner.ended).signal, "SIGKILL");
    const { status, stderr } = await heir.ended;
    t.is(status, 0, stderr);
    t.regex(stderr, /quickstart\/ce-mixup@glyphs-10.* after epoch 1\b/);
    t.deepEqual(differences(whole, shared), []);
  },
);

test.serial(
  "two processes that start a run at once: one trains, both show its result, and both succeed",
  async (t) => {
    const folder = path.join(await temporaryFolder(t), "shared");
    await finish(folder);
    const before = resultsIn(folder);
    const run = path.join(folder, "runs", runIdIn(folder, row));
    await rm(run, { recursive: true });
    const release = await lock(run);
    const both = [0, 1].map(() => startCommand(argsIn(folder)));
    await Promise.all(both.map(({ said }) => said(waitsFor(process.pid))));
    release();
    const endings = await Promise.all(both.map(({ ended }) => ended));
    for (const { status, stderr } of endings) t.is(status, 0, stderr);
    const trained = endings.map(({ stderr }) => count([stderr], /stage II: epoch 2 of 2/));
    t.deepEqual([...trained].sort(), [0, 1]);
    // Accuracies, before the notes in parentheses.
    const shown = endings.map(({ stdout }) => stdout.split("(")[0] ?? "");
    t.regex(shown[0] ?? "", /quickstart.*head .*all /);
    t.is(shown[0], shown[1]);
    t.deepEqual(resultsIn(folder), before);
  },
);

test.serial(
  "eight processes on rows that share a data set, a stage I and features create each once, with the results of one process",
  async (t) => {
    t.timeout(300_000);
    const folder = await temporaryFolder(t);
    const [one, eight] = [path.join(folder, "one"), path.join(folder, "eight")];
    const rows = Array.from({ length: 8 }, (_, i) => `quickstart/dr-h2t/0.${i + 1}@glyphs-10`);
    const alone = await startWatched(one, undefined, rows).ended;
    t.is(alone.status, 0, alone.stderr);
    const endings = await Promise.all(rows.map((each) => startWatched(eight, undefined, [each]).ended));
    t.deepEqual(
      endings.map(({ status }) => status),
      rows.map(() => 0),
      endings.map(({ stderr }) => stderr).join(""),
    );
    const messages = endings.map(({ stderr }) => stderr);
    t.is(count(messages, /^\w+: 100% /m), 1);
    t.is(count(messages, /quickstart\/ce-mixup@glyphs-10, seed 0, stage I: epoch 2 of 2/), 1);
    t.is(count(messages, /, seed 0, stage II: epoch 2 of 2/), 8);
    t.deepEqual(differences(one, eight), []);
  },
);
