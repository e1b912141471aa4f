import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import test from "ava";
import { FailureError } from "../../../src/errors.ts";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { runIdOf } from "../../../src/runs/run-plan.ts";
import { trainInChild } from "../../../src/workflow/parallel/train-in-child.ts";
import { trainSideBySide } from "../../../src/workflow/parallel/train-side-by-side.ts";
import { temporaryFolder } from "../../support/class-folders.ts";
import { pretendStageOne } from "../../support/pretend-stage-one.ts";
import { run } from "../../support/run-command-line.ts";
import { startCommand } from "../../support/start-command.ts";
import { packTinyGlyphs } from "../../support/tiny-glyphs.ts";

/** Stage II, which has ten epochs in every profile. */
const row = "table-1/cifar10/50/dr-h2t@glyphs-10";
const threads = Math.max(1, Math.floor(availableParallelism() / 2));
const seeds = [0, 1];

/** `h2t run` for two chains in a folder of runs, and what it leaves there. */
async function twoChains(runs: string, data: string, digest: string) {
  for (const seed of seeds) await pretendStageOne(runs, row, { digest, seed });
  const fileOf = (seed: number, file: string) =>
    path.join(runs, runIdOf(findExperiment(row), seed, "demo", digest), file);
  const record = (seed: number) => JSON.parse(readFileSync(fileOf(seed, "record.json"), "utf8"));
  const args = ["run", row, "--seeds", seeds.join(), "--data", data, "--runs", runs];
  return { args, fileOf, record };
}

test("chains side by side: killed, interrupted and gone on with, they end as runs in one process", async (t) => {
  t.timeout(300_000);
  const folder = await temporaryFolder(t);
  const data = path.join(folder, "data");
  const { digest } = await packTinyGlyphs(data);
  const beside = await twoChains(path.join(folder, "beside"), data, digest);
  const after = await twoChains(path.join(folder, "after"), data, digest);
  const args = [...beside.args, "--jobs", "2"];
  const lastEpoch = /seed 0, stage II: epoch 10 of 10/;

  const killed = startCommand(args);
  const hasTrained = (seed: number) => new RegExp(`seed ${seed}, stage II: epoch (\\d+) of 10`, "g");
  await Promise.all(seeds.map((seed) => killed.said(hasTrained(seed))));
  killed.child.kill("SIGKILL");
  // Its processes hold its outputs: all have ended now, and none by having finished.
  const told = (await killed.ended).stderr;
  t.notRegex(told, lastEpoch);
  for (const seed of seeds) t.throws(() => beside.record(seed), { code: "ENOENT" });

  const interrupted = startCommand(args);
  await Promise.all(seeds.map((seed) => interrupted.said(hasTrained(seed))));
  interrupted.child.kill("SIGINT");
  const stopped = await interrupted.ended;
  t.is(stopped.status, 130);
  t.regex(stopped.stderr, /^Chains to train: 2; at once: 2; threads of each: \d+\.\n/);
  for (const seed of seeds) {
    // A process may have finished another epoch before it noticed that its parent was gone.
    const lastTold = Number([...told.matchAll(hasTrained(seed))].at(-1)?.[1]);
    const goesOn = stopped.stderr.match(new RegExp(`\\(seed ${seed}\\) after epoch (\\d+) of 10`));
    t.true(Number(goesOn?.[1]) >= lastTold && Number(goesOn?.[1]) < 10, told + stopped.stderr);
  }
  t.notRegex(stopped.stderr, lastEpoch);
  t.true(
    stopped.stderr.endsWith(
      "h2t: interrupted (SIGINT); rerun the command (without --fresh) to resume from the last completed epoch\n",
    ),
    stopped.stderr,
  );

  const finished = await startCommand(args).ended;
  t.is(finished.status, 0, finished.stderr);
  const inOne = await startCommand([...after.args, "--jobs", "1"], { H2T_THREADS: String(threads) }).ended;
  t.is(inOne.status, 0, inOne.stderr);
  const lines = (text: string) => text.split("\n").sort();
  t.deepEqual(lines(finished.stdout), lines(inOne.stdout));
  for (const seed of seeds) {
    const { provenance, ...record } = beside.record(seed);
    const { provenance: other, ...same } = after.record(seed);
    t.deepEqual(record, same);
    t.is(provenance.threads, threads);
    t.is(other.threads, threads);
    const weights = [beside, after].map(({ fileOf }) => readFileSync(fileOf(seed, "weights.safetensors")));
    t.true(weights[0]?.equals(weights[1] ?? Buffer.of()));
  }

  const again = await run(...args);
  t.is(again.status, 0);
  t.is(again.printed, inOne.stdout.replaceAll("generated images)", "generated images; cached)"));
  t.is(again.errors, "");
});

test("chains side by side: one that fails leaves the others their records, and is told at the end", async (t) => {
  t.timeout(300_000);
  const folder = await temporaryFolder(t);
  const data = path.join(folder, "data");
  const { digest } = await packTinyGlyphs(data);
  const { args, fileOf, record } = await twoChains(path.join(folder, "runs"), data, digest);
  const damaged = fileOf(0, "checkpoint.safetensors");
  mkdirSync(path.dirname(damaged), { recursive: true });
  writeFileSync(damaged, "damaged");

  const { status, stdout, stderr } = await startCommand([...args, "--jobs", "2"]).ended;
  t.is(status, 1);
  t.regex(stdout, new RegExp(`^${row}, seed 1, demo: .+\n$`));
  t.is(record(1).seed, 1);
  t.throws(() => record(0), { code: "ENOENT" });
  const [start = "", end = ""] = stderr.split(/seed 1, stage II: epoch 10 of 10.*\n/);
  t.true(start.includes(`${row}, seed 0, failed; more at the end.\n`), stderr);
  const cause = stderr.match(/^h2t: .*checkpoint\.safetensors.*$/m)?.[0];
  t.is(
    end,
    `${row}, seed 0, failed:\n${cause}\nh2t: 1 of 2 chains failed; fix the errors above and rerun the command (finished runs are skipped)\n`,
  );
});

test("chains side by side: processes that do not start are told each, and a dozen listens without a warning", async (t) => {
  const warnings: Error[] = [];
  process.on("warning", (warning) => warnings.push(warning));
  const chains = Array.from({ length: 12 }, (_, seed) => [
    { row: findExperiment(row), seed, fromSeed: seed },
  ]);
  const folders = { runs: "absent", results: "absent" };
  let errors = "";
  const writeError = (text: string) => {
    errors += text;
  };
  const missing = path.join(await temporaryFolder(t), "node");
  const { execPath } = process;
  process.execPath = missing;
  const trained = trainSideBySide(chains, {
    order: {
      ...{ runs: [], profile: "demo", fresh: false, recompute: false },
      ...{ dataDir: "absent", download: false, folders },
    },
    ...{ jobs: chains.length, threads: 1, signal: new AbortController().signal },
    screen: { output: { write: () => {}, writeError }, newBar: undefined, end: () => {} },
  });
  // By now every process was started, or was not.
  process.execPath = execPath;
  const error = await t.throwsAsync(trained, { instanceOf: FailureError, code: "CHAINS_FAILED" });
  t.regex(error?.message ?? "", /^12 of 12 /);
  for (const { seed } of chains.flat())
    t.true(
      errors.includes(
        `${row}, seed ${seed}, failed:\nh2t: cannot start ${missing}: no such file or folder (ENOENT); `,
      ),
      errors,
    );
  t.deepEqual(warnings, []);
});

test("chains side by side: a process that does not heed a stop is ended within seconds", async (t) => {
  const folder = await temporaryFolder(t);
  const deaf = path.join(folder, "deaf");
  writeFileSync(deaf, `#!/bin/sh\ntrap "" INT\ntouch ${folder}/begun\nexec sleep 600\n`, { mode: 0o755 });
  const controller = new AbortController();
  const { execPath } = process;
  process.execPath = deaf;
  const trained = trainInChild(
    {
      ...{ runs: [], profile: "demo", fresh: false, dataDir: "absent", download: false },
      folders: { runs: "absent", results: "absent" },
    },
    { threads: 1, tell: () => t.fail(), signal: controller.signal },
  );
  process.execPath = execPath;
  while (!existsSync(path.join(folder, "begun"))) await pause(20);
  controller.abort(new Error("planted"));
  t.is(await trained, undefined);
});
