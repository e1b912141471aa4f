import { rm } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { analysisOf } from "../../src/analysis/analyses.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { runIdOf } from "../../src/runs/run-plan.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { pretendStageOne } from "../support/pretend-stage-one.ts";
import { run } from "../support/run-command-line.ts";
import { packTinyGlyphs } from "../support/tiny-glyphs.ts";

const row = "table-1/cifar10/50";
const stageOne = `${row}/ce-mixup@glyphs-10`;

test("h2t analyse: measures what is trained, passes over what is not, and keeps what is there", async (t) => {
  const folder = await temporaryFolder(t);
  const [data, yours] = [path.join(folder, "data"), path.join(folder, "runs")];
  const { digest } = await packTinyGlyphs(data);
  const weights = await pretendStageOne(yours, `${row}/dr-mu@glyphs-10`, { digest, seed: 0 });
  const analyse = (...args: string[]) => run("analyse", ...args, "--data", data, "--runs", yours);

  const { status, printed, errors } = await analyse(`${row}/ce-mixup`, `${row}/dr-mu`);
  t.is(status, 0);
  const runId = runIdOf(findExperiment(stageOne), 0, "demo", digest);
  const facts = `${stageOne}, seed 0, demo: \\d+\\.00% of 20 test images recognised after the last epoch, 800 points embedded  \\(run ${runId}`;
  t.regex(printed, new RegExp(`^${facts}\\)\\n$`));
  t.is(
    errors,
    `Passed over: a run is analysed by its weights, got none of ${row}/dr-mu@glyphs-10, seed 0, profile demo; train it: npx h2t run ${row}/dr-mu@glyphs-10 --profile demo --seed 0
${stageOne}, seed 0: 1 of 1
`,
  );
  t.is((await analysisOf(runId, { yours }))?.embedding?.labels.length, 800);

  const again = await analyse(`${row}/ce-mixup`);
  t.is(again.printed, printed.replace(")\n", "; cached)\n"));
  t.is(again.errors, "");
  // As of the runs whose analysis ships with the kit and whose weights do not.
  await rm(weights);
  t.like(await analyse(`${row}/ce-mixup`), { status: 0, printed: again.printed, errors: "" });
});

test("h2t analyse: rows without weights end in the command that trains them, as they were named", async (t) => {
  const folder = await temporaryFolder(t);
  await packTinyGlyphs(path.join(folder, "data"));
  const folders = ["--data", path.join(folder, "data"), "--runs", path.join(folder, "runs")];
  const errorsOf = async (...args: string[]) => {
    const { status, printed, errors } = await run("analyse", ...args, ...folders);
    t.is(status, 1);
    t.is(printed, "");
    return errors;
  };
  t.is(
    await errorsOf("table-5", "--seeds", "1,2", "--from-seed", "0"),
    "h2t: a run is analysed by its weights, got none of table-5/ce@glyphs-10 and 9 other runs, profile demo; train them: npx h2t run table-5 --profile demo --seeds 1,2 --from-seed 0\n",
  );
  t.is(
    await errorsOf(`${row}/dr-h2t`, "--seed", "2"),
    `h2t: a run is analysed by its weights, got none of ${row}/dr-h2t@glyphs-10, seed 2, profile demo; train it: npx h2t run ${row}/dr-h2t@glyphs-10 --profile demo --seed 2\n`,
  );
});

test("h2t analyse: a mistyped row is told at once", async (t) => {
  const { status, errors } = await run("analyse", "table-5/bs-si");
  t.is(status, 2);
  t.regex(errors, /^h2t: ROW must be a row that the kit can run, .*"table-5\/bs-is"/);
});
