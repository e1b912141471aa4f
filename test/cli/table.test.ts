import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import { UsageError } from "../../src/errors.ts";
import { experiments, findExperiment } from "../../src/experiments/rows/experiments.ts";
import { findTable } from "../../src/experiments/tables/tables.ts";
import { writeRecord } from "../../src/runs/records.ts";
import { onDataDigest } from "../../src/workflow/data-digest.ts";
import { chooseSetting, tableNamed } from "../../src/workflow/table-setting.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { type MadeUp, madeUpRecord } from "../support/made-up-record.ts";
import { run } from "../support/run-command-line.ts";

/** 30.375% of 100 classes, 28.75% of ten. */
const accuracy = { head: 0.5, medium: 0.25, tail: 0.125, all: 0.3 };

/** A folder of runs with one record. */
async function runsWith(t: ExecutionContext, id: string, made: Partial<MadeUp>) {
  const runs = await temporaryFolder(t);
  const { record } = consistent(madeUpRecord(findExperiment(id), { accuracy, ...made }));
  await mkdir(path.join(runs, record.runId));
  await writeRecord(path.join(runs, record.runId, "record.json"), record);
  return runs;
}

test("h2t table: shows your record beside the paper's number, with the difference", async (t) => {
  const runs = await runsWith(t, "table-5/bs-is", { last: { ...accuracy, head: 0.25 } });
  const shown = async (...args: string[]) => {
    const { status, printed } = await run("table", "table-5", "--profile", "paper", "--runs", runs, ...args);
    t.is(status, 0);
    return printed;
  };
  const all = async (...args: string[]) =>
    JSON.parse(await shown("--format", "json", ...args))
      .rows.at(-1)
      .cells.at(-1).yours;
  t.is((await all()).percent.toFixed(6), "30.375000");
  t.is((await all()).difference.toFixed(6), "-17.355000");
  t.is((await all("--at", "last")).percent.toFixed(6), "21.375000");
  t.regex(await shown(), /\| BS\+IS \|.* 47\.73 \|.* 30\.3[78] \(−17\.3[56]\) \|\n/);
  t.regex(await shown("--format", "html"), /^<figure class="h2t-table">/);
  t.regex(await shown("--format", "latex"), /\\begin\{tabular\}/);
  t.regex(await shown("--format", "csv"), /BS\+IS/);
});

/** Adds a record to a folder of runs. */
async function addRun(runs: string, id: string, made: Partial<MadeUp>, startedAt: string) {
  const { record } = consistent(madeUpRecord(findExperiment(id), { accuracy, ...made }));
  await mkdir(path.join(runs, record.runId));
  const dated = { ...record, provenance: { ...record.provenance, startedAt } };
  await writeRecord(path.join(runs, record.runId, "record.json"), dated);
}

test("h2t table: yours shows the pack in the data folder, otherwise the newest; --data-digest selects another", async (t) => {
  const [runs, data] = [await temporaryFolder(t), await temporaryFolder(t)];
  const [old, recent] = ["a".repeat(64), "b".repeat(64)];
  await addRun(runs, "table-5/ce", { digest: old }, "2026-01-01T00:00:00.000Z");
  await addRun(runs, "table-5/ce", { digest: recent }, "2026-01-02T00:00:00.000Z");
  const digestsShown = async (...args: string[]) => {
    const { printed } = await run(
      ...["table", "table-5", "--profile", "paper", "--format", "json", "--runs", runs, "--data", data],
      ...args,
    );
    const { rows } = JSON.parse(printed);
    return rows[0].cells.map((cell: { yours: { digest: string } | null }) => cell.yours?.digest);
  };
  t.deepEqual(
    await digestsShown(),
    Array.from({ length: 4 }, () => recent),
  );
  t.deepEqual(
    await digestsShown("--data-digest", "aaaa"),
    Array.from({ length: 4 }, () => old),
  );
  await mkdir(path.join(data, "cifar100"));
  await writeFile(path.join(data, "cifar100", "manifest.json"), JSON.stringify({ digest: old }));
  t.deepEqual(
    await digestsShown(),
    Array.from({ length: 4 }, () => old),
  );
  const unknown = await run("table", "table-5", "--runs", runs, "--data-digest", "c0ffee");
  t.deepEqual([unknown.status, unknown.printed], [2, ""]);
});

test("onDataDigest: an unknown beginning and one of several packs are refused; other data sets stay", (t) => {
  const record = (id: string, digest: string) => madeUpRecord(findExperiment(id), { accuracy, digest });
  const records = [
    record("table-5/ce", "abc1"),
    record("table-5/ce", "abd2"),
    record("table-1/cifar10/100/ce", "eee3"),
  ];
  t.deepEqual(onDataDigest(records, "abc"), [records[0], records[2]]);
  t.is(onDataDigest(records, undefined), records);
  const codeOf = (wanted: string) =>
    t.throws(() => onDataDigest(records, wanted), { instanceOf: UsageError }).code;
  t.deepEqual([codeOf("fff"), codeOf("ab")], ["DATA_DIGEST_UNKNOWN", "DATA_DIGEST_AMBIGUOUS"]);
});

test("h2t table: a stand-in is named and not compared", async (t) => {
  const runs = await runsWith(t, "table-5/dr@glyphs-10", { profile: "demo", origin: "generated" });
  const { printed } = await run("table", "table-5", "--on", "glyphs-10", "--profile", "demo", "--runs", runs);
  t.regex(printed, /Stand-in: ours are measured on glyphs-10/);
  t.regex(printed, /\| DR w\.o\. H2T \|.* 28\.75 \|\n/);
});

test("h2t table figure-5: a line for each fusion ratio, the paper's numbers from its slides", async (t) => {
  const runs = await runsWith(t, "figure-5/0.3", {});
  const { printed } = await run("table", "figure-5", "--profile", "paper", "--runs", runs);
  t.regex(printed, /\| p = 0\.0 \|.* 45\.68 \|/);
  t.regex(printed, /\| p = 0\.3 \|.* 47\.73 \|.* 30\.3[78] \(−17\.3[56]\) \|\n/);
  t.is(printed.match(/\| p = /g)?.length, 11);
});

test("h2t table --out: writes the file and says where", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "new", "table.csv");
  const args = ["table", "table-2", "--format", "csv", "--runs", folder];
  const { printed } = await run(...args, "--out", file);
  t.is(printed, `Written to ${file}.\n`);
  t.is(await readFile(file, "utf8"), (await run(...args)).printed);
});

test("h2t table --out: a folder, or a file for a folder, is told in one line", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "file");
  await writeFile(file, "");
  const errorsAt = async (out: string) => {
    const { status, errors } = await run("table", "table-2", "--runs", folder, "--out", out);
    t.is(status, 1);
    return errors;
  };
  for (const [out, named, system] of [
    [folder, folder, "EISDIR"],
    [path.join(file, "table.md"), file, "EEXIST"],
  ] as const) {
    const errors = await errorsAt(out);
    t.true(errors.includes(named) && errors.includes(system) && /^h2t: [^\n]+\n$/.test(errors), errors);
  }
  t.deepEqual(await readdir(folder), ["file"]);
});

test("h2t table: the beginning of rows gives them by group", async (t) => {
  const folder = await temporaryFolder(t);
  const { printed } = await run("table", "table-1/cifar10/100", "--profile", "paper", "--runs", folder);
  t.regex(printed, /^Accuracy by group on CIFAR10-LT at imbalance ratio 100\./);
  t.regex(printed, /\n\| DR\+H2T‡ \|/);
  t.regex(printed, /can run: npx h2t run table-1\/cifar10\/100 --profile paper\n$/);
});

test("tableNamed: every family of rows is a table by its name, or names the beginnings that are one", (t) => {
  const hinted: string[] = [];
  for (const family of new Set(experiments().map(({ id }) => id.split("/")[0] ?? ""))) {
    try {
      t.true(tableNamed(family).methods.length > 0, family);
    } catch (error) {
      const hints = [...(error as UsageError).message.matchAll(/(?<=[ ,]")[^"]+(?="[,?])/g)].map(String);
      for (const hint of hints) t.true(tableNamed(hint).methods.length > 0, hint);
      hinted.push(...hints);
    }
  }
  const studies = ["tau-norm", "protocol", "frozen"];
  t.deepEqual(
    hinted,
    studies.flatMap((study) => [`${study}/cifar10/100`, `${study}/cifar100/100`]),
  );
  t.is(tableNamed("frozen/cifar10").title, "Accuracy by group on CIFAR10-LT at imbalance ratio 100");
});

test("h2t table: a table without records points to the same lines on CIFAR-10-LT, which ship", async (t) => {
  const folder = await temporaryFolder(t);
  const errorsOf = async (...args: string[]) => (await run("table", ...args, "--runs", folder)).errors;
  t.is(
    await errorsOf("table-5"),
    "table-5 has no records; table-5/cifar10 has: npx h2t table table-5/cifar10\n",
  );
  t.is(await errorsOf("table-2"), "");
  const runs = await runsWith(t, "table-5/dr@glyphs-10", { profile: "demo", origin: "generated" });
  t.is((await run("table", "table-5", "--runs", runs)).errors, "");
});

test("h2t table: an unknown name gets the nearest", async (t) => {
  t.deepEqual(await run("table", "table-1/cifar10/10"), {
    status: 2,
    printed: "",
    errors:
      'h2t: NAME must be a table, or the beginning of rows on one data set at one imbalance ratio, got "table-1/cifar10/10"; did you mean "table-1/cifar10/100", "table-1/cifar10/50", "table-1/cifar10/200"?\n',
  });
});

test("chooseSetting: the fullest profile with records, the paper's images first; the others are told", (t) => {
  const record = (id: string, made: Partial<MadeUp>) =>
    madeUpRecord(findExperiment(id), { accuracy, ...made });
  const records = [
    record("table-5/dr@glyphs-10", { profile: "demo" }),
    record("table-5/dr", { profile: "short" }),
    record("table-5/dr@tiny-imagenet-32", { profile: "short" }),
  ];
  const table = findTable("table-5");
  t.deepEqual(chooseSetting(table, records, {}), {
    setting: { profile: "short" },
    others: ["--profile short --on tiny-imagenet-32", "--profile demo --on glyphs-10"],
  });
  t.deepEqual(chooseSetting(table, records, { profile: "demo" }).setting, {
    profile: "demo",
    standIn: "glyphs-10",
  });
  t.deepEqual(chooseSetting(table, records, { standIn: "tiny-imagenet-32" }).setting, {
    profile: "short",
    standIn: "tiny-imagenet-32",
  });
  t.deepEqual(chooseSetting(table, [], {}).setting, { profile: "demo", standIn: "glyphs-10" });
  t.deepEqual(chooseSetting(table, [], { profile: "paper" }).setting, { profile: "paper" });
});
