import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "ava";
import { projectFolder } from "../../src/setup/project-folder.ts";

const page = readFileSync(path.join(projectFolder, "docs/adding-a-method.md"), "utf8");
/** Each code block with the sentence before it: a new file of a folder, or a file and the line that it goes below. */
const steps = [
  ...page.matchAll(
    /^(?:Write `([\w.-]+)` in|In) `([^`]+)`(?:, below `([^`]+)`)?[^\n]*:\n\n```ts\n(.*?)```$/gms,
  ),
].map(([, name = "", place = "", below, code = ""]) => ({ file: path.join(place, name), below, code }));

const train = `
  const { findExperiment } = await import("./src/experiments/rows/experiments.ts");
  const { beginning, predictions, takeTwoSteps } = await import("./test/support/two-steps.ts");
  const row = findExperiment("table-1/cifar10/100/label-smoothing");
  const start = await beginning(row);
  const before = await predictions(start);
  await takeTwoSteps(start, row);
  const after = await predictions(start);
  const { withMethodTables } = await import("./scripts/docs/methods-page.ts");
  const page = withMethodTables("<!-- recipes -->\\n<!-- /recipes -->\\n<!-- deviations -->\\n<!-- /deviations -->\\n");
  console.log(/[|] Label smoothing .*/.exec(page)[0]);
  console.log(row.stage.loss.kind, after.length, after.every((logit, i) => Number.isFinite(logit) && logit !== before[i]));
`;

test("docs/adding-a-method.md: what the page says to write type-checks and trains", (t) => {
  const copy = mkdtempSync(path.join(tmpdir(), "h2t-method-"));
  t.teardown(() => rmSync(copy, { recursive: true }));
  for (const part of ["src", "scripts/docs", "test/support", "package.json", "tsconfig.json"])
    cpSync(path.join(projectFolder, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(projectFolder, "node_modules"), path.join(copy, "node_modules"));
  t.is(steps.length, [...page.matchAll(/^```ts$/gm)].length);
  for (const { file, below, code } of steps) {
    const place = path.join(copy, file);
    if (below === undefined) {
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, code, { flag: "wx" });
      continue;
    }
    const lines = readFileSync(place, "utf8").split("\n");
    t.is(lines.filter((line) => line === below).length, 1, `${file} has one line \`${below}\``);
    lines.splice(lines.indexOf(below) + 1, 0, code.trimEnd());
    writeFileSync(place, lines.join("\n"));
  }
  const types = {
    extends: "./tsconfig.json",
    include: ["src/experiments", "scripts/docs/methods-page.ts", "test/support/two-steps.ts"],
  };
  writeFileSync(path.join(copy, "tsconfig.method.json"), JSON.stringify(types));
  const run = (...command: string[]) =>
    execFileSync(process.execPath, command, { cwd: copy, encoding: "utf8" });
  t.is(run("node_modules/typescript/bin/tsc", "--project", "tsconfig.method.json"), "");
  t.is(
    run("--import", "tsx", "--input-type=module", "--eval", train),
    "| Label smoothing | label smoothing | – |\nlabelSmoothing 100 true\n",
  );
});
