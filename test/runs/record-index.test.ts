import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { cp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { indexName, type RecordFile, readIndexed } from "../../src/runs/record-index.ts";
import { readRecord, readRecords, writeRecord } from "../../src/runs/records.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { madeUpRecord } from "../support/made-up-record.ts";

const row = findExperiment("table-5/bs-is@glyphs-10");
const accuracy = { head: 0.625, medium: 0.5, tail: 0.25, all: 0.4625 };
const shipped = join(projectFolder, "results");

/** A minute ahead, when what was just written counts as settled. */
const later = () => Date.now() + 60_000;

/** A folder of twenty records, and how to read it through its index. */
async function folderOfRecords(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  const files: RecordFile[] = [];
  const add = async (seed: number) => {
    const { record } = consistent(madeUpRecord(row, { accuracy, seed }));
    files.push({ runId: record.runId, name: `${record.runId}.json` });
    await writeRecord(join(folder, `${record.runId}.json`), record);
    return record;
  };
  for (let seed = 0; seed < 20; seed++) await add(seed);
  const read = (now = later()) => readIndexed(folder, files, now);
  /** From the files alone. */
  const direct = () =>
    Promise.all(
      files.map(async ({ runId, name }) => {
        const file = join(folder, name);
        return { file, record: await readRecord(file, runId) };
      }),
    );
  return { folder, files, add, read, direct, index: join(folder, indexName) };
}

type Found = Awaited<ReturnType<typeof readIndexed>>;

/** Which records came from the index: those read their history when they are asked for it. */
const fromIndex = (found: Found) =>
  found.filter(({ record }) => Object.getOwnPropertyDescriptor(record, "history")?.get !== undefined).length;

test("record index: equals the records, history included", async (t) => {
  const { read, direct } = await folderOfRecords(t);
  const first = await read();
  t.is(fromIndex(first), 0);
  const second = await read();
  t.is(fromIndex(second), 20);
  t.deepEqual(first, await direct());
  t.deepEqual(second, await direct());
});

test("record index: the shipped records from an index equal those from their files", async (t) => {
  const folder = join(await temporaryFolder(t), "results");
  await cp(shipped, folder, { recursive: true });
  await rm(join(folder, indexName), { force: true });
  const files = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{16}\.json$/.test(name))
    .map((name) => ({ runId: basename(name, ".json"), name }));
  const first = await readIndexed(folder, files, later());
  t.is(fromIndex(first), 0);
  const second = await readIndexed(folder, files, later());
  t.is(fromIndex(second), files.length);
  t.deepEqual(second, first);
  t.is((await readRecords({ shipped: folder })).length, files.length);
});

test("record index: a changed record of equal size and time is read again", async (t) => {
  const { folder, files, read } = await folderOfRecords(t);
  await read();
  const file = join(folder, files[3]?.name ?? "");
  const { atime, mtime, size } = statSync(file);
  await writeFile(file, (await readFile(file, "utf8")).replace('"threads": 2', '"threads": 3'));
  await utimes(file, atime, mtime);
  t.is(statSync(file).size, size);
  await t.throwsAsync(read(), { message: new RegExp(files[3]?.runId ?? "none") });
});

test("record index: what is added is read, what is removed is gone, the rest stays indexed", async (t) => {
  const { folder, files, add, read, direct } = await folderOfRecords(t);
  await read();
  await add(20);
  const more = await read();
  t.is(fromIndex(more), 20);
  t.deepEqual(more, await direct());
  t.is(fromIndex(await read()), 21);
  await rm(join(folder, files[0]?.name ?? ""));
  t.is((await read()).length, 20);
  files.shift();
  t.deepEqual(await read(), await direct());
});

test("record index: a file that might still change is not indexed", async (t) => {
  const { read, direct, index } = await folderOfRecords(t);
  const justNow = Math.min(...(await direct()).map(({ file }) => statSync(file).ctimeMs));
  t.is(fromIndex(await read(justNow)), 0);
  t.is(fromIndex(await read(justNow)), 0);
  t.false(existsSync(index));
});

test("record index: damaged, or by other sources, it is made again", async (t) => {
  const { read, direct, index } = await folderOfRecords(t);
  await read();
  const whole = readFileSync(index, "utf8");
  const spoiled = [
    whole.replace('\\"threads\\":2', '\\"threads\\":3').replace('"threads":2', '"threads":3'),
    whole.replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
    whole.slice(0, -1),
    "",
  ];
  for (const text of spoiled) {
    t.not(text, whole);
    await writeFile(index, text);
    const found = await read();
    t.is(fromIndex(found), 0);
    t.deepEqual(found, await direct());
    t.is(readFileSync(index, "utf8"), whole);
  }
});

test("record index: a record that changes while it is in use is not mistaken for the one before", async (t) => {
  const { folder, files, read } = await folderOfRecords(t);
  await read();
  const found = await read();
  await writeFile(join(folder, files[0]?.name ?? ""), "{}");
  t.throws(() => found[0]?.record.history, { code: "RECORD_CHANGED" });
});
