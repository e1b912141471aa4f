import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { FailureError } from "../../src/errors.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import {
  readRecord,
  readRecords,
  recordsOf,
  type StoredRecord,
  writeRecord,
} from "../../src/runs/records.ts";
import { canonicalJson } from "../../src/storage/canonical-json.ts";
import { consistent } from "../support/consistent-record.ts";
import { type MadeUp, madeUpRecord } from "../support/made-up-record.ts";
import { withDigest } from "../support/with-digest.ts";

const row = findExperiment("table-5/bs-is@glyphs-10");
const accuracy = { head: 0.625, medium: 0.5, tail: 0.25, all: 0.4625 };
const stored = (made: Partial<MadeUp> = {}) => consistent(madeUpRecord(row, { accuracy, ...made }));

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
  const yours = stored();
  const shipped = stored({ seed: 1, keeper: "shipped" });
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
  const { shipped, yours } = await folderWith(t, [stored({ keeper: "shipped" })]);
  await mkdir(join(yours, "0123456789abcdef"), { recursive: true });
  await writeFile(join(yours, "notes.txt"), "");
  await writeFile(join(shipped, "README.md"), "");
  t.is((await readRecords({ shipped, yours })).length, 1);
});

test("readRecords: a truncated record is named", async (t) => {
  const one = stored();
  const { folder, yours } = await folderWith(t, [one]);
  const file = join(folder, one.file);
  await writeFile(file, (await readFile(file, "utf8")).slice(0, 100));
  await t.throwsAsync(readRecords({ yours }), {
    instanceOf: FailureError,
    message: `${file} must be a whole run record, got 100 characters that are not JSON; delete it and run its row again, or restore it from where it came`,
  });
});

test("readRecords: a wrong value is named with its place", async (t) => {
  const one = stored();
  const { folder, yours } = await folderWith(t, [one]);
  await writeFile(
    join(folder, one.file),
    JSON.stringify({ ...one.record, last: { ...one.record.last, accuracy: 55 } }),
  );
  const error = await t.throwsAsync(readRecords({ yours }), { instanceOf: FailureError });
  t.true(error?.message.includes("at last.accuracy"), error?.message);
});

test("readRecords: a record under another run's name is refused", async (t) => {
  const one = stored();
  const { folder, yours } = await folderWith(t, []);
  const file = join(folder, "runs", "0123456789abcdef", "record.json");
  await mkdir(dirname(file), { recursive: true });
  await writeRecord(file, one.record);
  const error = await t.throwsAsync(readRecords({ yours }), { instanceOf: FailureError });
  t.true(error?.message.includes(`got the record of run ${one.record.runId};`), error?.message);
});

test("readRecords: a record whose configuration was changed is refused", async (t) => {
  const one = stored();
  const { folder, yours } = await folderWith(t, [one]);
  const { record } = one;
  const configuration = { ...record.configuration, stage: { ...record.configuration.stage, epochs: 11 } };
  await writeRecord(join(folder, one.file), { ...record, configuration });
  const error = await t.throwsAsync(readRecords({ yours }), { instanceOf: FailureError });
  t.regex(error?.message ?? "", /got a configuration of run [0-9a-f]{16};/);
});

test("writeRecord: the order in which a record was built does not show, and lists of numbers take one line", async (t) => {
  const { folder } = await folderWith(t, []);
  const { record } = stored();
  const reversed = Object.fromEntries(Object.entries(record).reverse()) as typeof record;
  await writeRecord(join(folder, "a.json"), record);
  await writeRecord(join(folder, "b.json"), reversed);
  const text = await readFile(join(folder, "a.json"), "utf8");
  t.is(text, await readFile(join(folder, "b.json"), "utf8"));
  t.true(text.includes('"classCounts": [5, 5, 5, 5, 5, 5, 5, 5, 5, 5],'));
  const { provenance, ...content } = JSON.parse(text);
  t.regex(provenance.digest, /^[0-9a-f]{64}$/);
  const { digest: _digest, ...others } = provenance;
  t.deepEqual({ ...content, provenance: others }, record);
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
  const one = stored();
  const { folder } = await folderWith(t, [one]);
  t.deepEqual(await readRecord(join(folder, one.file), one.record.runId), one.record);
  const missing = join(folder, "none.json");
  await t.throwsAsync(readRecord(missing, one.record.runId), {
    instanceOf: FailureError,
    message: `${missing} must be a whole run record, got no such file; run its row again, or restore it from where it came`,
  });
});

/** Writes a record as another kit, or another hand, would have, and returns what is said of it. */
async function refusal(t: ExecutionContext, content: object, runId?: string) {
  const { yours } = await folderWith(t, []);
  const named = { runId: stored().record.runId, ...content };
  const file = join(yours, runId ?? named.runId, "record.json");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${canonicalJson(content, true)}\n`);
  const error = await t.throwsAsync(readRecords({ yours }), { instanceOf: FailureError });
  t.true(error?.message.startsWith(file), error?.message);
  return error?.message.slice(file.length + 1);
}

const mended = "delete it and run its row again, or restore it from where it came";

test("readRecords: a number in a table that does not follow from those by class is refused with its cell", async (t) => {
  const { record } = stored();
  const { bestOnTest, last, history } = record;
  const [first, second] = history;
  const groups = { ...bestOnTest.groups, byIndex: { ...bestOnTest.groups.byIndex, tail: 0.21 } };
  const changed = [
    [
      { bestOnTest: { ...bestOnTest, groups } },
      "0.21 at bestOnTest.groups.byIndex.tail, which history makes 0.25",
    ],
    [{ last: { ...last, accuracy: 0.45 } }, "0.45 at last.accuracy, which history makes 0.4625"],
    [{ bestOnTest: { ...bestOnTest, epoch: 2 } }, "2 at bestOnTest.epoch, which history makes 1"],
    [
      { history: [{ ...first, groups }, second] },
      "0.21 at history.0.groups.byIndex.tail, which perClassAccuracy makes 0.25",
    ],
    [
      { history: [first, { ...second, accuracy: 0.9 }] },
      "0.9 at history.1.accuracy, which perClassAccuracy makes 0.4625",
    ],
    [{ history: [second, first] }, "epoch 2 at history.0"],
  ] as const;
  for (const [change, got] of changed) {
    const content = withDigest({ ...record, ...change });
    t.is(await refusal(t, content), `must be a whole run record, got ${got}; ${mended}`);
  }
});

test("readRecords: any flipped bit of a record is noticed", async (t) => {
  const one = stored();
  const { folder, yours } = await folderWith(t, [one]);
  const file = join(folder, one.file);
  const whole = await readFile(file);
  for (let i = 0; i < whole.length; i += 7) {
    const flipped = Buffer.from(whole);
    flipped[i] = (whole[i] as number) ^ (1 << (i % 8));
    await writeFile(file, flipped);
    const error = await t.throwsAsync(
      readRecords({ yours }),
      { instanceOf: FailureError },
      `bit ${i % 8} of byte ${i}`,
    );
    t.true(error?.message.startsWith(file));
  }
});

test("readRecords: a record without digest, or with another's, is refused", async (t) => {
  const { record } = stored();
  const message = `must be a whole run record, got content that does not match its digest; ${mended}`;
  t.is(await refusal(t, record), message);
  const { provenance } = withDigest({ ...record, data: { ...record.data, origin: "re-encoded" } });
  t.is(await refusal(t, { ...record, provenance }), message);
});

test("readRecords: a later record is refused with the command that helps", async (t) => {
  t.is(
    await refusal(t, withDigest({ ...stored().record, schemaVersion: 3 })),
    "must be a run record of schema version 2, got version 3; update the kit to the one that wrote it: git pull && npm run setup",
  );
});

test("readRecords: a record that says it is from before digests is refused with the command that trains its run", async (t) => {
  const earlier = (made: Partial<MadeUp>) => ({ ...stored(made).record, schemaVersion: 1 });
  const rule =
    "must be a run record of schema version 2, got version 1, which has no digest that vouches for its numbers; delete it and train the run again: npx h2t run";
  const of = async (content: object, runId?: string) => {
    const message = await refusal(t, content, runId);
    t.true(message?.startsWith(rule), message);
    return message?.slice(rule.length + 1);
  };
  t.is(await of(earlier({})), "table-1/cifar10/100/dr-h2t@glyphs-10 --seed 0 --profile paper");
  t.is(
    await of(earlier({ seed: 2, fromSeed: 1, profile: "short" })),
    "table-1/cifar10/100/dr-h2t@glyphs-10 --seed 2 --from-seed 1 --profile short",
  );
  const { fromSeed: _, ...before } = earlier({ seed: 1 });
  t.is(await of(before), "table-1/cifar10/100/dr-h2t@glyphs-10 --seed 1 --profile paper");
  // Under the name of no row that there is now.
  t.is(await of(earlier({}), "0123456789abcdef"), "ROW --seed 0 --profile paper");
  t.is(await of({ schemaVersion: 1, seed: "; rm -rf" }), "ROW");
});

test("readRecords: class counts of another number of classes are refused with their place", async (t) => {
  const { record } = stored();
  for (const length of [0, 7, 100]) {
    const classCounts = Array.from({ length }, () => 5);
    const message = await refusal(t, withDigest({ ...record, data: { ...record.data, classCounts } }));
    t.is(
      message,
      `must be a whole run record, got ✖ not one number for each class of the data set → at data.classCounts; ${mended}`,
    );
  }
  await t.throwsAsync(
    writeRecord("no-folder/record.json", { ...record, data: { ...record.data, classCounts: [] } }),
    {
      message: /not one number for each class/,
    },
  );
});

test("readRecords: of many wrong values the first three are told", async (t) => {
  const { record } = stored();
  const history = record.history.map((entry) => ({ ...entry, perClassAccuracy: Array(10).fill(60) }));
  const fault = (c: number) => `✖ Too big: expected number to be <=1 → at history[0].perClassAccuracy[${c}]`;
  t.is(
    await refusal(t, withDigest({ ...record, history })),
    `must be a whole run record, got ${[0, 1, 2].map(fault).join(" ")} and 17 more; ${mended}`,
  );
});

test("readRecords: lists or objects that lie too deep are refused, wherever they are", async (t) => {
  const one = stored();
  const { folder, yours } = await folderWith(t, [one]);
  const file = join(folder, one.file);
  const whole = await readFile(file, "utf8");
  const deep = (open: string, close: string) => open.repeat(20_000) + close.repeat(20_000);
  for (const value of [deep("[", "]"), `${deep('{"a":', "}").slice(0, -20_000)}1${"}".repeat(20_000)}`]) {
    for (const place of ['"stage": {', '"provenance": {', "{"]) {
      await writeFile(file, whole.replace(place, `${place}"x": ${value},`));
      await t.throwsAsync(readRecords({ yours }), {
        instanceOf: FailureError,
        message: `${file} must be a whole run record, got lists and objects more than 32 deep; ${mended}`,
      });
    }
  }
});

test("readRecords: a folder by a record's name is named", async (t) => {
  const { folder, yours } = await folderWith(t, []);
  const file = join(folder, stored().file);
  await mkdir(file, { recursive: true });
  await t.throwsAsync(readRecords({ yours }), {
    instanceOf: FailureError,
    code: "PATH_IS_FOLDER",
  });
});
