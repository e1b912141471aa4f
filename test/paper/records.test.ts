import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "ava";
import { FailureError } from "../../src/errors.ts";
import {
  readRecord,
  readRecords,
  recordsOf,
  type StoredRecord,
  writeRecord,
} from "../../src/paper/records.ts";
import { findExperiment } from "../../src/paper/rows/experiments.ts";
import { madeUpRecord } from "../support/made-up-record.ts";

const row = findExperiment("table-5/bs-is@glyphs-10");
const accuracy = { head: 0.6, medium: 0.5, tail: null, all: 0.55 };

/** A folder of its own with `results/` and `runs/` in it, removed at the end. */
async function folderWith(
  t: { teardown: (end: () => Promise<void>) => void },
  stored: readonly StoredRecord[],
) {
  const folder = await mkdtemp(join(tmpdir(), "h2t records "));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const { file, record } of stored) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeRecord(join(folder, file), record);
  }
  return { folder, shipped: join(folder, "results"), yours: join(folder, "runs") };
}

test("readRecords: what was written comes back, shipped records first", async (t) => {
  const yours = madeUpRecord(row, { accuracy });
  const shipped = madeUpRecord(row, { accuracy, seed: 1, keeper: "shipped" });
  const { folder, ...folders } = await folderWith(t, [yours, shipped]);
  t.deepEqual(await readRecords(folders), [
    { ...shipped, file: join(folder, shipped.file) },
    { ...yours, file: join(folder, yours.file) },
  ]);
});

test("readRecords: folders that do not exist hold no records", async (t) => {
  const { folder } = await folderWith(t, []);
  t.deepEqual(await readRecords({ shipped: join(folder, "none"), yours: join(folder, "neither") }), []);
  t.deepEqual(await readRecords({}), []);
});

test("readRecords: an unfinished run and other files are passed over", async (t) => {
  const { shipped, yours } = await folderWith(t, [madeUpRecord(row, { accuracy, keeper: "shipped" })]);
  await mkdir(join(yours, "0123456789abcdef"), { recursive: true });
  await writeFile(join(yours, "notes.txt"), "");
  await writeFile(join(shipped, "README.md"), "");
  t.is((await readRecords({ shipped, yours })).length, 1);
});

test("readRecords: a truncated record is named", async (t) => {
  const stored = madeUpRecord(row, { accuracy });
  const { folder, yours } = await folderWith(t, [stored]);
  const file = join(folder, stored.file);
  await writeFile(file, (await readFile(file, "utf8")).slice(0, 100));
  await t.throwsAsync(readRecords({ yours }), {
    instanceOf: FailureError,
    message: `${file} must be a whole run record, got 100 characters that are not JSON; delete it and run its row again, or restore it from where it came`,
  });
});

test("readRecords: a wrong value is named with its place", async (t) => {
  const stored = madeUpRecord(row, { accuracy });
  const { folder, yours } = await folderWith(t, [stored]);
  await writeFile(
    join(folder, stored.file),
    JSON.stringify({ ...stored.record, last: { ...stored.record.last, accuracy: 55 } }),
  );
  const error = await t.throwsAsync(readRecords({ yours }), { instanceOf: FailureError });
  t.true(error?.message.includes("at last.accuracy"), error?.message);
});

test("readRecords: a record under another run's name is refused", async (t) => {
  const stored = madeUpRecord(row, { accuracy });
  const { folder, yours } = await folderWith(t, []);
  const file = join(folder, "runs", "0123456789abcdef", "record.json");
  await mkdir(dirname(file), { recursive: true });
  await writeRecord(file, stored.record);
  const error = await t.throwsAsync(readRecords({ yours }), { instanceOf: FailureError });
  t.true(error?.message.includes(`got the record of run ${stored.record.runId};`), error?.message);
});

test("readRecords: a record whose configuration was changed is refused", async (t) => {
  const stored = madeUpRecord(row, { accuracy });
  const { folder, yours } = await folderWith(t, [stored]);
  const { record } = stored;
  const configuration = { ...record.configuration, stage: { ...record.configuration.stage, epochs: 11 } };
  await writeRecord(join(folder, stored.file), { ...record, configuration });
  const error = await t.throwsAsync(readRecords({ yours }), { instanceOf: FailureError });
  t.regex(error?.message ?? "", /got a configuration of run [0-9a-f]{16};/);
});

test("writeRecord: the order in which a record was built does not show, and lists of numbers take one line", async (t) => {
  const { folder } = await folderWith(t, []);
  const { record } = madeUpRecord(row, { accuracy });
  const reversed = Object.fromEntries(Object.entries(record).reverse()) as typeof record;
  await writeRecord(join(folder, "a.json"), record);
  await writeRecord(join(folder, "b.json"), reversed);
  const text = await readFile(join(folder, "a.json"), "utf8");
  t.is(text, await readFile(join(folder, "b.json"), "utf8"));
  t.true(text.includes('"classCounts": [5, 5, 5, 5, 5, 5, 5, 5, 5, 5],'));
  t.deepEqual(JSON.parse(text), record);
});

test("writeRecord: a NaN is refused and nothing is left behind", async (t) => {
  const { folder } = await folderWith(t, []);
  const { record } = madeUpRecord(row, { accuracy: { ...accuracy, all: Number.NaN } });
  await t.throwsAsync(writeRecord(join(folder, "a.json"), record));
  t.deepEqual(await readdir(folder), []);
});

test("recordsOf: finds a row's records of any seed and data, ordered by seed, and no others", (t) => {
  const two = madeUpRecord(row, { accuracy, seed: 2 });
  const one = madeUpRecord(row, { accuracy, seed: 1, digest: "another packing" });
  const records = [
    two,
    one,
    madeUpRecord(row, { accuracy, profile: "demo" }),
    madeUpRecord(findExperiment("table-5/bs-bs@glyphs-10"), { accuracy }),
    madeUpRecord(findExperiment("table-5/bs-is"), { accuracy }),
  ];
  t.deepEqual(recordsOf(records, row, "paper"), [one, two]);
});

test("recordsOf: rows of equal configuration find each other's records", (t) => {
  const stored = madeUpRecord(findExperiment("table-5/bs-is"), { accuracy });
  t.deepEqual(recordsOf([stored], findExperiment("table-1/cifar100/100/dr-h2t"), "paper"), [stored]);
});

test("readRecord: reads the run that it is asked for, and says which file is missing", async (t) => {
  const stored = madeUpRecord(row, { accuracy });
  const { folder } = await folderWith(t, [stored]);
  t.deepEqual(await readRecord(join(folder, stored.file), stored.record.runId), stored.record);
  const missing = join(folder, "none.json");
  await t.throwsAsync(readRecord(missing, stored.record.runId), {
    instanceOf: FailureError,
    message: `${missing} must be a whole run record, got no such file; run its row again, or restore it from where it came`,
  });
});
