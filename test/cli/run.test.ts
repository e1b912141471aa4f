import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "ava";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { readRecord } from "../../src/runs/records.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { pretendStageOne } from "../support/pretend-stage-one.ts";
import { readEvents } from "../support/read-events.ts";
import { run } from "../support/run-command-line.ts";
import { startCommand } from "../support/start-command.ts";
import { packTinyGlyphs } from "../support/tiny-glyphs.ts";

/** Stage II, which has ten epochs in every profile. */
const row = "table-1/cifar10/50/dr-h2t";
const rowOnGlyphs = `${row}@glyphs-10`;

test("h2t run: killed, interrupted and gone on with, it ends as if nothing had happened", async (t) => {
  t.timeout(300_000);
  const folder = await temporaryFolder(t);
  const data = path.join(folder, "data");
  const { digest } = await packTinyGlyphs(data);
  for (const runs of ["broken", "whole"])
    await pretendStageOne(path.join(folder, runs), rowOnGlyphs, { digest, seed: 0 });
  const args = (runs: string) => ["run", row, "--data", data, "--runs", path.join(folder, runs)];
  const runId = runIdOf(findExperiment(rowOnGlyphs), 0, "demo", digest);
  const contentOf = (runs: string, file: string) => readFileSync(path.join(folder, runs, runId, file));
  const recordOf = (runs: string) => {
    const { provenance, ...record } = JSON.parse(String(contentOf(runs, "record.json")));
    t.truthy(provenance.wallSeconds);
    return record;
  };

  const killed = startCommand(args("broken"));
  await killed.said("epoch 2 of 10");
  killed.child.kill("SIGKILL");
  t.is((await killed.ended).signal, "SIGKILL");
  t.throws(() => contentOf("broken", "record.json"), { code: "ENOENT" });

  const interrupted = startCommand(args("broken"));
  await interrupted.said("epoch 5 of 10");
  interrupted.child.kill("SIGINT");
  const stopped = await interrupted.ended;
  t.is(stopped.status, 130);
  t.regex(stopped.stderr, /^Resuming .+@glyphs-10 \(seed 0\) after epoch [23] of 10\.\n/m);
  t.true(
    stopped.stderr.endsWith(
      "h2t: interrupted (SIGINT); rerun the command (without --fresh) to resume from the last completed epoch\n",
    ),
    stopped.stderr,
  );

  const finished = await startCommand(args("broken")).ended;
  t.is(finished.status, 0);
  t.regex(finished.stderr, /^Resuming .+@glyphs-10 \(seed 0\) after epoch [56] of 10\.\n/m);

  const { scalars } = await readEvents(path.join(folder, "broken", runId));
  t.deepEqual(
    scalars["accuracy/all"],
    recordOf("broken").history.map(({ epoch, accuracy }: { epoch: number; accuracy: number }) => [
      epoch,
      Math.fround(accuracy),
    ]),
  );

  // Nor does it matter whether stage II's features were kept.
  const whole = await startCommand([...args("whole"), "--recompute"]).ended;
  const keepsFeatures = (runs: string) => existsSync(path.join(folder, runs, "feature-banks"));
  t.deepEqual(["broken", "whole"].map(keepsFeatures), [true, false]);
  t.regex(
    whole.stdout,
    /^table-1\/cifar10\/50\/dr-h2t@glyphs-10, seed 0, demo: head [\d.]+ {2}medium [\d.]+ {2}tail [\d.]+ {2}all [\d.]+ {2}\(% at epoch \d+ of 10, the best on the test set; generated images\)\n$/,
  );
  const epochs = whole.stderr.split("\n").filter((line) => line.includes(" of 10, loss "));
  t.is(epochs.length, 10);
  epochs.forEach((line, i) => {
    const epoch = `@glyphs-10, seed 0, stage II: epoch ${i + 1} of 10, loss [\\d.]+, accuracy [\\d.]+%`;
    t.regex(line, new RegExp(`${epoch}, [\\d,]+ images/s, .+ left$`));
  });
  t.is(whole.stdout, finished.stdout);
  t.true(contentOf("broken", "weights.safetensors").equals(contentOf("whole", "weights.safetensors")));
  t.deepEqual(recordOf("broken"), recordOf("whole"));

  const again = await run(...args("whole"));
  t.is(again.status, 0);
  t.is(again.printed, whole.stdout.replace("generated images)", "generated images; cached)"));

  const fresh = startCommand([...args("whole"), "--fresh"]);
  await fresh.said("epoch 1 of 10");
  fresh.child.kill("SIGTERM");
  const terminated = await fresh.ended;
  t.is(terminated.status, 130);
  t.true(
    terminated.stderr.endsWith(
      "h2t: interrupted (SIGTERM); rerun the command (without --fresh) to resume from the last completed epoch\n",
    ),
    terminated.stderr,
  );
  t.false(terminated.stderr.includes("epoch 10 of 10"));
  t.true(existsSync(path.join(folder, "whole", runId, "checkpoint.safetensors")));
  t.throws(() => contentOf("whole", "record.json"), { code: "ENOENT" });
});

test("h2t run: gone on with by other threads, it says so, and its record names both", async (t) => {
  const folder = await temporaryFolder(t);
  const [data, runs] = [path.join(folder, "data"), path.join(folder, "runs")];
  const { digest } = await packTinyGlyphs(data);
  await pretendStageOne(runs, rowOnGlyphs, { digest, seed: 0 });
  const start = (threads: string) =>
    startCommand(["run", row, "--data", data, "--runs", runs], { H2T_THREADS: threads });

  const began = start("1");
  await began.said("epoch 2 of 10");
  began.child.kill("SIGINT");
  t.is((await began.ended).status, 130);
  const { stderr } = await start("2").ended;
  const [line = "", epoch] =
    /^Resuming .+ after epoch (\d+) of 10\. Now threads 2 instead of 1: /m.exec(stderr) ?? [];
  t.true(line.includes(`${rowOnGlyphs} (seed 0)`), stderr);
  const runId = runIdOf(findExperiment(rowOnGlyphs), 0, "demo", digest);
  const { provenance } = await readRecord(path.join(runs, runId, "record.json"), runId);
  const { threads, earlier } = provenance;
  t.deepEqual(
    [...earlier, { threads, untilEpoch: 10 }].map((engine) => [engine.threads, engine.untilEpoch]),
    [
      [1, Number(epoch)],
      [2, 10],
    ],
  );
});

test("h2t run: a data set that is not packed is told before anything is trained", async (t) => {
  const folder = await temporaryFolder(t);
  const data = path.join(folder, "data");
  const runs = path.join(folder, "runs");
  const { status, printed, errors } = await run(
    "run",
    row,
    "--profile",
    "short",
    "--data",
    data,
    "--runs",
    runs,
  );
  t.is(status, 1);
  t.is(printed, "");
  t.regex(errors, /^h2t: [^\n]+`h2t data cifar10`\n$/);
  t.true(errors.includes(path.join(data, "cifar10")), errors);
  t.false(existsSync(runs));
});

test("h2t run --jobs: a whole number from 1", async (t) => {
  const { status, errors } = await run("run", row, "--jobs", "0");
  t.is(status, 2);
  t.is(
    errors,
    'h2t: --jobs must be a whole number from 1, got "0"; use 1 to train one row after another, with all threads\n',
  );
});
