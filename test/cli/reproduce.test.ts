import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { writeAnalysis } from "../../src/analysis/analyses.ts";
import { writeRecord } from "../../src/runs/records.ts";
import { analysisFile } from "../../src/runs/run-folders.ts";
import { rowsNamed } from "../../src/workflow/rows-named.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { madeUpAnalysis } from "../support/made-up-analysis.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { run } from "../support/run-command-line.ts";
import { packTinyGlyphs } from "../support/tiny-glyphs.ts";

/** Arguments that keep everything in one folder. */
const foldersIn = (folder: string) =>
  ["data", "runs", "report"].flatMap((name) => [`--${name}`, path.join(folder, name)]);

test("h2t reproduce: a table whose methods cannot be run yet gets the paper's numbers", async (t) => {
  const folder = await temporaryFolder(t);
  const { status, printed } = await run("reproduce", "--only", "table-2", ...foldersIn(folder));
  t.is(status, 0);
  const page = path.join(folder, "report", "index.html");
  t.is(
    printed.replaceAll(/\d+ s/g, "_ s"),
    `table-2: the kit cannot run its methods yet; the report has the paper's numbers.
notebooks/table-2.ipynb: executed after _ s.

Report: ${page}
Took _ s: training _ s, analysis _ s, notebooks _ s, report _ s.
`,
  );
  t.regex(await readFile(page, "utf8"), /id="table-2"/);
  t.false(existsSync(path.join(folder, "runs")));
});

test("h2t reproduce --parse-only: tells wrong flags and values, and does nothing else", async (t) => {
  const folder = await temporaryFolder(t);
  const parsed = (...args: string[]) => run("reproduce", ...args, ...foldersIn(folder), "--parse-only");
  t.deepEqual(await parsed("--profile", "short"), { status: 0, printed: "", errors: "" });
  t.deepEqual(await readdir(folder), []);
  const { status, errors } = await parsed("--profil", "short");
  t.is(status, 2);
  t.regex(errors, /--help, got --profil; did you mean --profile\?\n$/);
  t.notRegex(errors, /--parse-only/);
  t.is((await parsed("--profile", "shrt")).status, 2);
  t.is((await parsed("--seeds", "-1")).status, 2);
});

test("h2t reproduce: what has a record is not trained again, and stands in the report", async (t) => {
  const folder = await temporaryFolder(t);
  const { digest } = await packTinyGlyphs(path.join(folder, "data"));
  const accuracy = { head: 0.5, medium: 0.25, tail: 0.125, all: 0.2875 };
  const rows = rowsNamed(["table-1"], "demo");
  for (const row of rows) {
    const made = { accuracy, digest, profile: "demo", origin: "generated" } as const;
    const { record } = consistent(madeUpRecord(row, made));
    await mkdir(path.join(folder, "runs", record.runId), { recursive: true });
    await writeRecord(path.join(folder, "runs", record.runId, "record.json"), record);
    // Without weights a run counts as unfinished; nobody reads them here.
    await writeFile(path.join(folder, "runs", record.runId, "weights.safetensors"), "");
    await writeAnalysis(analysisFile(path.join(folder, "runs"), record.runId), madeUpAnalysis(record.runId));
  }
  const { status, printed } = await run("reproduce", "--only", "table-1", ...foldersIn(folder));
  t.is(status, 0);
  t.is(printed.match(/ generated images; cached\)\n/g)?.length, rows.length);
  // CE, CE + mixup, DR and DR+H2T; the ratios of Figure S1 but that one are not trained.
  t.is(printed.match(/ test images recognised after the last epoch .*; cached\)\n/g)?.length, 4);
  t.regex(await readFile(path.join(folder, "report", "index.html"), "utf8"), /28\.75/);
});
