import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { writeRecord } from "../../src/runs/records.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { run } from "../support/run-command-line.ts";

test("h2t report: writes the page from shipped records and your runs, and trains nothing", async (t) => {
  const folder = await temporaryFolder(t);
  const [runs, out] = [path.join(folder, "runs"), path.join(folder, "new", "report")];
  const accuracy = { head: 0.5, medium: 0.25, tail: 0.125, all: 0.3125 };
  const { record } = consistent(madeUpRecord(findExperiment("table-5/bs-is"), { accuracy }));
  await mkdir(path.join(runs, record.runId), { recursive: true });
  await writeRecord(path.join(runs, record.runId, "record.json"), record);
  const { status, printed, errors } = await run("report", "--out", out, "--runs", runs);
  const page = path.join(out, "index.html");
  t.deepEqual({ status, printed, errors }, { status: 0, printed: `Report: ${page}\n`, errors: "" });
  const text = await readFile(page, "utf8");
  t.regex(text, /30\.3[78]/);
  t.regex(text, /Profile short/);
  t.deepEqual(await readdir(runs), [record.runId]);
});
