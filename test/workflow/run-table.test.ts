import { mkdir } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import type { Profile } from "../../src/experiments/experiment.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { writeRecord } from "../../src/runs/records.ts";
import { runTable } from "../../src/workflow/run-table.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { consistent } from "../support/consistent-record.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { tinyTable5 } from "../support/tiny-table-5.ts";

const accuracy = { head: 0.875, medium: 0.5, tail: 0.125, all: 0.5 };

/** Folders with one record of each row. */
async function foldersWith(
  t: ExecutionContext,
  records: readonly (readonly [id: string, profile: Profile])[],
) {
  const runs = await temporaryFolder(t);
  for (const [id, profile] of records) {
    const { record } = consistent(madeUpRecord(findExperiment(id), { accuracy, profile }));
    await mkdir(path.join(runs, record.runId));
    await writeRecord(path.join(runs, record.runId, "record.json"), record);
  }
  return { runs, results: runs, data: path.join(runs, "nowhere") };
}

const tables = ["table-5", "table-5/cifar10"];
const onCifar10 = "protocol/cifar10/100/shift-bn/fine-tuned/bs-is/0.3";

test("runTable: the fullest records are shown and nothing is trained; the paper's data set comes first among equals", async (t) => {
  const shown = async (...records: Parameters<typeof foldersWith>[1]) => {
    const { table, setting } = await runTable(tables, "fullest", [0], await foldersWith(t, records));
    return [table.name, setting.profile];
  };
  t.deepEqual(await shown(["table-5/bs-is", "short"], [onCifar10, "short"]), ["table-5", "short"]);
  t.deepEqual(await shown(["table-5/bs-is", "short"], [onCifar10, "paper"]), ["table-5/cifar10", "paper"]);
});

test("runTable: tells the split that the numbers were measured on", async (t) => {
  const folders = await foldersWith(t, [[onCifar10, "paper"]]);
  const { data, model } = await runTable(tables, "fullest", [0], folders);
  t.deepEqual(data, {
    classCounts: Array.from({ length: 10 }, () => 5),
    title: "cifar10 at ratio 100 (official images), profile paper",
  });
  t.is(model.rows.at(-1)?.cells.at(-1)?.yours?.percent, 50);
});

test("runTable: another profile asks for every row of the first table, and trains none that has a record", async (t) => {
  const { profile, seeds, folders } = await tinyTable5(await temporaryFolder(t));
  const { setting, records } = await runTable(tables, profile, seeds, folders);
  t.deepEqual(setting, { profile: "demo", standIn: "glyphs-10" });
  t.is(records.length, 5);
});

test("runTable: a table on CIFAR-10-LT has Table 5's lines and none of the paper's numbers", async (t) => {
  const { model } = await runTable(
    "table-5/cifar10",
    "fullest",
    [0],
    await foldersWith(t, [[onCifar10, "paper"]]),
  );
  t.deepEqual(
    model.rows.map(({ name, cells }) => [name, cells[0]?.rowId]),
    [
      ["CE + mixup", "table-1/cifar10/100/ce-mixup"],
      ["DR w.o. H2T", "protocol/cifar10/100/shift-bn/fine-tuned/dr"],
      ["BS+RS", "protocol/cifar10/100/shift-bn/fine-tuned/bs-rs/0.3"],
      ["BS+BS", "protocol/cifar10/100/shift-bn/fine-tuned/bs-bs/0.3"],
      ["BS+IS", onCifar10],
    ],
  );
  t.true(model.rows.every(({ cells }) => cells.every(({ published }) => published === null)));
});
