import { mkdir } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { experiments, findExperiment } from "../../src/experiments/rows/experiments.ts";
import { type StoredRecord, writeRecord } from "../../src/runs/records.ts";
import { secondsLeft, timeEstimator } from "../../src/workflow/estimated-time.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { run } from "../support/run-command-line.ts";

const accuracy = { head: 0.5, medium: 0.25, tail: 0.125, all: 0.3 };

test("h2t list: a line per row, chain by chain; before the first run the shipped records give times", async (t) => {
  const runs = await temporaryFolder(t);
  const { status, printed } = await run("list", "--runs", runs);
  t.is(status, 0);
  const [head, ...lines] = printed.trimEnd().split("\n");
  t.regex(head ?? "", /^Row +demo +trial +short +paper$/);
  const rows = lines.filter((line) => line.startsWith("  ")).map((line) => line.trim().split(" ")[0] ?? "");
  t.deepEqual(
    [...rows].sort(),
    experiments()
      .map(({ id }) => id)
      .sort(),
  );
  t.regex(printed, /\n {2}table-1\/cifar100\/200\/dr-mu +about /);
  // Every row of stage II is below the heading of its own stage I.
  const chains = printed.split("\n\n").filter((part) => part.startsWith("Chain from stage I "));
  const roots = chains.map((part) => /^Chain from stage I (\S+),/.exec(part)?.[1]);
  t.is(new Set(roots).size, roots.length);
  // Table 5's CE is Table 1's on CIFAR-100-LT: one run, so one chain.
  const shared = ["table-1/cifar100/100/ce", "table-1/cifar100/100/dr-h2t", "table-5/bs-is"];
  t.true(chains.some((part) => shared.every((id) => part.includes(`\n  ${id} `))));
  t.regex(lines.at(-1) ?? "", /^Left in total +\d/);
});

test("h2t list PREFIX: the rows that begin so, up to a slash or anywhere, and an unknown one is refused", async (t) => {
  const runs = await temporaryFolder(t);
  const idsOf = async (prefix: string) =>
    JSON.parse((await run("list", prefix, "--json", "--runs", runs)).printed).map(
      ({ id }: { id: string }) => id,
    );
  t.deepEqual(await idsOf("table-5"), [
    ...["table-5/ce", "table-5/dr", "table-5/bs-rs", "table-5/bs-bs", "table-5/bs-is"],
  ]);
  t.deepEqual(await idsOf("table-5/bs"), ["table-5/bs-rs", "table-5/bs-bs", "table-5/bs-is"]);
  t.deepEqual(await idsOf("table-5/dr@glyphs-100"), ["table-5/dr@glyphs-100"]);
  t.is((await run("list", "table-6", "--runs", runs)).status, 2);
});

test("secondsLeft: a stage I of several rows and a run of several rows count once", (t) => {
  // 500 images in 90 s; 200 epochs of stage I, 10 of stage II, which counts as the slowest kind.
  const shipped = madeUpRecord(findExperiment("table-1/cifar10/100/ce"), { accuracy, profile: "short" });
  const { trainImages } = shipped.record.data;
  const secondsPerImage = 90 / (trainImages * 40);
  const rows = ["table-5/ce", "table-5/dr", "table-5/bs-is", "table-1/cifar100/100/dr-h2t"].map((id) =>
    findExperiment(id),
  );
  const left = secondsLeft(rows, "paper", [shipped]);
  const expected = 10_847 * (200 + 10 + 10) * secondsPerImage;
  t.true(Math.abs((left ?? 0) / expected - 1) < 1e-12, `${left}, not ${expected}`);
  t.is(secondsLeft(rows, "paper", []), null);
  const done = rows.map((row) => madeUpRecord(row, { accuracy }));
  t.is(secondsLeft(rows, "paper", done), 0);
});

test("h2t list: counts your records, and finds them for the row that shares the run", async (t) => {
  const runs = await temporaryFolder(t);
  const { record } = consistent(madeUpRecord(findExperiment("table-5/bs-is"), { accuracy }));
  const file = path.join(runs, record.runId, "record.json");
  await mkdir(path.dirname(file));
  await writeRecord(file, record);
  const { printed } = await run("list", "--runs", runs);
  t.regex(printed, /\n {2}table-5\/bs-is .*1 yours/);
  t.regex(printed, /\n {2}table-1\/cifar100\/100\/dr-h2t .*1 yours/);
  const rows = JSON.parse((await run("list", "--json", "--runs", runs)).printed);
  const row = rows.find(({ id }: { id: string }) => id === "table-5/bs-is");
  const yours = row.profiles.paper.records.filter(({ keeper }: { keeper: string }) => keeper === "yours");
  t.deepEqual(yours, [{ keeper: "yours", file }]);
  t.is(row.profiles.paper.estimatedSeconds, null);
  t.true(row.profiles.short.estimatedSeconds > 0);
  t.is(row.profiles.demo.id, "table-5/bs-is@glyphs-10");
});

test("timeEstimator: images × epochs at this machine's own speed, stage I included where it has no record", (t) => {
  // 500 images in 90 s; 200 epochs of stage I.
  const stageOne = madeUpRecord(findExperiment("table-5/ce"), { accuracy });
  const secondsAnImage = 90 / (500 * 200);
  const estimate = timeEstimator([stageOne]);
  t.is(estimate(findExperiment("table-1/cifar10/100/ce"), "short"), 12_406 * 40 * secondsAnImage);
  t.is(estimate(findExperiment("table-5/dr"), "paper"), 10_847 * 10 * secondsAnImage);
  t.is(
    estimate(findExperiment("table-5/dr@glyphs-10"), "short"),
    1236 * 10 * secondsAnImage + 1236 * 40 * secondsAnImage,
  );
});

test("timeEstimator: what has not run here takes its time elsewhere, as many times as long as others take here", (t) => {
  const trained = (id: string, keeper: "shipped" | "yours", wallSeconds: number): StoredRecord => {
    const made = madeUpRecord(findExperiment(id), { accuracy, keeper });
    return { ...made, record: { ...made.record, provenance: { ...made.record.provenance, wallSeconds } } };
  };
  const shipped = [
    trained("table-5/ce", "shipped", 100),
    trained("table-1/cifar100/100/bbn", "shipped", 300),
  ];
  const bbn = findExperiment("table-1/cifar10/100/bbn");
  const secondsAnImage = 300 / (500 * 200);
  const near = (seconds: number | null, expected: number) =>
    t.true(seconds !== null && Math.abs(seconds / expected - 1) < 1e-12, `${seconds}, not ${expected}`);
  near(timeEstimator(shipped)(bbn, "paper"), 12_406 * 200 * secondsAnImage);
  const own = trained("table-5/ce", "yours", 250);
  near(timeEstimator([...shipped, own])(bbn, "paper"), 12_406 * 200 * secondsAnImage * 2.5);
  t.is(timeEstimator([])(bbn, "paper"), null);
  // A run that had other work beside it says less of the machine than the fastest.
  near(
    timeEstimator([...shipped, own, trained("table-1/cifar10/100/ce", "yours", 900)])(bbn, "paper"),
    12_406 * 200 * secondsAnImage * 2.5,
  );
});
