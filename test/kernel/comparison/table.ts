import { type Column, type Comparison, type KernelName, kernels } from "./kernels.ts";

/** What is said of each fact of comparison.py, in the table's order. */
const facts = {
  lines: "of 20,000 lines printed by one cell arrive",
  "lines in time": "… before it is said to be done",
  "long line": "2 MB in one line arrive",
  "late output": "work that goes on after a cell prints into that cell",
  "in place": "a display is replaced in place",
  error: "a cell that throws is an `error` for front ends and test runners",
  "error place": "which names the cell's own line, after a type of three lines",
  "type error": "a type error is told before anything runs",
  "strict null": "`const n: number = null` is one",
  constant: "an earlier cell's `const` cannot be assigned",
  redefinition: "a later cell may declare it anew",
  "half a cell": "names declared before a cell throws stay",
  using: "`using`",
  await: "`await` at the top",
  "exports only": "imports a package that has `exports` only",
  "awaiting module": "imports a module with `await` at its top",
  beside: "imports a file beside the notebook",
  "installed late": "imports a package that was installed meanwhile",
  "stop loop": "an endless loop is stopped, names stay",
  "stop loop after await": "… one after an `await`",
  "stop await": "… an `await` that never ends",
  "rest aborted": "cells that wait behind one that throws are aborted",
  question: "a cell asks the user for a line",
  "input told": "other front ends see what was run",
  forged: "a message with a wrong signature is dropped",
  "own names": "a danfo.js table with columns named `values` and `index` is shown",
  "short form": "data frames inside an array are short",
  "shown once": "`display(…)` as the last expression shows once",
  formats: "a helper shows HTML",
  tag: "`` html`…` `` as the last expression is HTML",
  signature: "help for `area(Math.max(2, 3), ▮` is that of `area`",
  "live keys": "completion of an `any` knows the value's keys",
  environment: "completion of `process.env.▮`",
  "file names": "completion of file names in texts",
  shebang: "a shebang in the first line",
  "no check": "`// @ts-nocheck` in the first line",
  global: "`declare global` is known to the next cell",
  "import equals": '`import fs = require("node:fs")`',
  object: "`{ a: 1, b: 2 }` alone is an object",
  shell: "`!command` runs",
  magic: "`%%magic` is explained in one line",
  settings: "`tsconfig.json` beside the notebook: `paths`, `strict`",
  JSX: "JSX, when the settings turn it on",
  "not installed": "import of a missing package says how to install it",
  "data file": "import of a `.csv` says how to read it",
  require: "`require` of an ES module says to import it",
  thrower: "an error in an imported file has the user's frames only",
  inherited: "output that child processes inherit is below the cell",
  readline: "`readline` asks the user",
  "stop child": "`execSync` is stopped, names stay",
  papermill: "papermill passes parameters",
  "jupyter run": "`jupyter run` gets its output in time",
} as const;

type Mark = (column: Column) => string;

const marks = new Map<unknown, string>([
  [true, "yes"],
  [false, "**no**"],
  [null, "–"],
]);
const mark = (value: boolean | number | null | undefined) =>
  typeof value === "number" ? value.toLocaleString("en") : (marks.get(value) ?? "?");

const outcome = (text: string | undefined) =>
  text === "passed" ? "passed" : text?.startsWith("skipped") ? "–" : "**failed**";

/** The table of docs/kernel.md, its columns aligned. */
export function comparisonTable(comparison: Comparison): string {
  const columns = (Object.keys(kernels) as KernelName[]).flatMap((name) => {
    const column = comparison[name];
    return column ? [{ title: `${kernels[name]} ${column.version}`, column }] : [];
  });
  const tests = Object.keys(comparison["h2t-ts"]?.conformance ?? {});
  const line = (name: string, value: Mark) => [name, ...columns.map(({ column }) => value(column))];
  const rows = [
    ["", ...columns.map(({ title }) => title)],
    ...Object.entries(facts).map(([fact, text]) => line(text, (column) => mark(column.facts[fact]))),
    ...tests.map((test) =>
      line(`jupyter-kernel-test: ${test.slice("test_".length).replaceAll("_", " ")}`, (column) =>
        outcome(column.conformance[test]),
      ),
    ),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? "").length))) ?? [];
  const shown = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [shown[0], rule, ...shown.slice(1)].join("\n");
}
