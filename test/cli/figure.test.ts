import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import sharp from "sharp";
import { writeAnalysis } from "../../src/analysis/analyses.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { type StoredRecord, writeRecord } from "../../src/runs/records.ts";
import { analysisFile } from "../../src/runs/run-folders.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { longTailedRecord, madeUpConfusion } from "../support/figure-input.ts";
import { madeUpAnalysis } from "../support/made-up-analysis.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { run } from "../support/run-command-line.ts";

/** The same for every group, so that it is also the accuracy over all classes. */
const everywhere = (all: number) => ({ head: all, medium: all, tail: all, all });
const accuracy = everywhere(0.25);

/** A folder of runs with these records. */
async function runsOf(t: ExecutionContext, ...stored: readonly StoredRecord[]) {
  const runs = await temporaryFolder(t);
  for (const { record } of stored.map(consistent)) {
    await mkdir(path.join(runs, record.runId));
    await writeRecord(path.join(runs, record.runId, "record.json"), record);
  }
  return runs;
}

/** Figure 5's rows at p = 0.3, two seeds of the paper's profile and one of demo. */
const figure5 = [
  madeUpRecord(findExperiment("figure-5/0.3"), { accuracy }),
  madeUpRecord(findExperiment("figure-5/0.3"), { accuracy: everywhere(0.5), seed: 1 }),
  madeUpRecord(findExperiment("figure-5/0.3@glyphs-10"), { accuracy, profile: "demo", origin: "generated" }),
];

test("h2t figure: without --profile the fullest with records is drawn; seeds and stand-in may be asked for", async (t) => {
  const runs = await runsOf(t, ...figure5);
  const drawn = async (...args: string[]) => {
    const { status, printed, errors } = await run(
      "figure",
      "figure-5",
      "--format",
      "json",
      "--runs",
      runs,
      ...args,
    );
    t.is(status, 0, errors);
    const { plotly, caption } = JSON.parse(printed);
    return [plotly.data[3].y, /Profile (\w+)/.exec(caption)?.[1]];
  };
  t.deepEqual(await drawn(), [[37.5], "paper"]);
  t.deepEqual(await drawn("--seed", "1"), [[50], "paper"]);
  t.deepEqual(await drawn("--seeds", "0,1"), [[37.5], "paper"]);
  t.deepEqual(await drawn("--profile", "demo"), [[25], "demo"]);
  t.deepEqual(await drawn("--on", "glyphs-10"), [[25], "demo"]);
});

test("h2t figure: which records are drawn, and which others there are, is told where neither was asked for", async (t) => {
  const runs = await runsOf(t, ...figure5);
  const errorsOf = async (...args: string[]) => (await run("figure", ...args, "--runs", runs)).errors;
  // Records of other profiles ship, too.
  t.regex(
    await errorsOf("figure-5"),
    /^Drawn at --profile paper\. There are records at .*--profile demo --on glyphs-10, too\.\n$/,
  );
  t.is(await errorsOf("figure-5", "--profile", "demo"), "");
  // Drawn from a row's values, under any profile.
  t.is(await errorsOf("figure-2"), "");
});

test("h2t figure: says in words what is to be seen", async (t) => {
  const runs = await runsOf(t, ...figure5);
  const { printed } = await run("figure", "figure-5", "--seed", "0", "--profile", "paper", "--runs", runs);
  t.regex(
    printed,
    /^Accuracy by group against the fusion ratio p\n\nLine chart .* Tail 25\.00 % at p = 0\.3; .*\n\n.*seed 0\.\n$/,
  );
});

test("h2t figure: what was measured beyond records is read from analyses, of another row if asked", async (t) => {
  const stored = longTailedRecord("table-1/cifar10/50/dr-mu");
  const runs = await runsOf(t, stored);
  const args = [
    "figure",
    "figure-1b",
    "--row",
    "table-1/cifar10/50/dr-mu",
    "--profile",
    "paper",
    "--runs",
    runs,
  ];
  const without = await run(...args);
  t.is(without.status, 1);
  t.is(
    without.errors,
    "h2t: a figure of a trained run needs its record and its analysis, got a record alone of table-1/cifar10/50/dr-mu under profile paper; make it: npx h2t analyse table-1/cifar10/50/dr-mu --profile paper\n",
  );
  const { runId } = stored.record;
  await writeAnalysis(analysisFile(runs, runId), madeUpAnalysis(runId, { confusion: madeUpConfusion }));
  t.regex((await run(...args)).printed, /80\.0 % a head label/);
});

test.serial(
  "h2t figure --out: the file's ending is the format; an image has the width asked for",
  async (t) => {
    const folder = await temporaryFolder(t);
    const write = async (name: string, ...args: string[]) => {
      const file = path.join(folder, "new", name);
      const { printed, errors } = await run("figure", "figure-2", "--out", file, ...args);
      t.is(printed, `Written to ${file}.\n`, errors);
      return readFile(file);
    };
    t.regex(String(await write("figure.html")), /^<!doctype html>/);
    const { format, width } = await sharp(await write("figure.png", "--width", "400")).metadata();
    t.deepEqual({ format, width }, { format: "png", width: 800 });
    t.regex(String(await write("figure.svg")), /^<svg [^>]*width="760"/);
    t.is(JSON.parse(String(await write("figure", "--format", "json"))).name, "figure-2");
  },
);

test("h2t figure: a wrong name, row or format, and a PNG on the screen, are told in one line", async (t) => {
  const errorsOf = async (...args: string[]) => {
    const { status, errors } = await run("figure", ...args);
    t.is(status, 2);
    return errors;
  };
  t.regex(
    await errorsOf("figure-6"),
    /^h2t: a figure must be one of figure-1b, .*, got "figure-6"; did you mean "figure-\d"\?\n$/,
  );
  t.regex(await errorsOf("figure-2", "--row", "table-5/bs-iz"), /did you mean "table-5\/bs-is"/);
  t.regex(
    await errorsOf("figure-2", "--format", "jpg"),
    /^h2t: --format must be one of text, html, png, svg, json/,
  );
  t.is(
    await errorsOf("figure-2", "--format", "png"),
    "h2t: a PNG needs a file, as a terminal cannot show it, got no --out; use --out figure-2.png\n",
  );
});

test.serial("h2t figure: without Chromium an image is refused with what to do", async (t) => {
  const { PATH } = process.env;
  process.env.PATH = "/nowhere";
  t.teardown(() => {
    process.env.PATH = PATH;
  });
  const { status, errors } = await run("figure", "figure-2", "--format", "svg");
  t.is(status, 1);
  t.is(
    errors,
    "h2t: a PNG or SVG is drawn in Chromium, got none along the search path; sudo apt install chromium, or use --format html, which needs none here\n",
  );
});
