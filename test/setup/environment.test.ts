import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { variable } from "../../src/setup/environment.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { runScript } from "../support/run-script.ts";

test("variable: empty means unset", (t) => {
  t.is(variable("H2T_RUNS", {}), undefined);
  t.is(variable("H2T_RUNS", { H2T_RUNS: "" }), undefined);
  t.is(variable("H2T_RUNS", { H2T_RUNS: "/scratch" }), "/scratch");
});

test("H2T_RUNS: empty leaves runs where they are without it", (t) => {
  const runsUnder = (H2T_RUNS: string | undefined) =>
    runScript('console.log((await import("./workflow/paths.ts")).paths.runs);', { H2T_RUNS }).stdout.trim();
  t.is(runsUnder(undefined), join(projectFolder, "runs"));
  t.is(runsUnder(""), join(projectFolder, "runs"));
  t.is(runsUnder("/scratch/mine"), "/scratch/mine");
});

test("src/: no other place reads a variable of the kit, where it might take an empty one for a value", (t) => {
  const source = join(projectFolder, "src");
  const reads = /process\.env\.(?:H2T_\w+|PYTHON|CXX)\b(?!\s*=[^=])/;
  const found = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && reads.test(readFileSync(join(source, file), "utf8")),
  );
  t.deepEqual(found, []);
});
