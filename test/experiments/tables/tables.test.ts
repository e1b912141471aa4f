import test from "ava";
import { UsageError } from "../../../src/errors.ts";
import { methods } from "../../../src/experiments/methods/methods.ts";
import { publishedTable1 } from "../../../src/experiments/published/table-1.ts";
import { experiments, findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { figure5 } from "../../../src/experiments/tables/figure-5.ts";
import { tableNames } from "../../../src/experiments/tables/table.ts";
import { tableOfRows } from "../../../src/experiments/tables/table-of-rows.ts";
import { findTable, tableOnStandIn } from "../../../src/experiments/tables/tables.ts";

const all = [...tableNames.map(findTable), figure5];

test("tables: every row id is a row, on the column's data set", (t) => {
  for (const { columns, methods } of all) {
    for (const { cells } of methods) {
      t.is(cells.length, columns.length);
      cells.forEach(({ rowId }, i) => {
        if (rowId !== null) t.true(findExperiment(rowId).dataset === columns[i]?.dataset, rowId);
      });
    }
  }
});

test("tables: every row but those of the kit's own studies is in a table or in Figure 5", (t) => {
  const linked = new Set(
    all.flatMap(({ methods }) => methods.flatMap(({ cells }) => cells.map(({ rowId }) => rowId))),
  );
  t.deepEqual(
    experiments().flatMap(({ id }) =>
      linked.has(id) || /^(tau-norm|protocol|frozen|quickstart)\//.test(id) ? [] : [id],
    ),
    [],
  );
});

test("tables: DR+H2T of Table 1 links each column with its own row", (t) => {
  const cells = findTable("table-1").methods.find(({ key }) => key === "dr-h2t")?.cells;
  t.deepEqual(cells?.[4], {
    published: 47.73,
    gain: 2.05,
    over: 45.68,
    rowId: "table-1/cifar100/100/dr-h2t",
  });
});

test("tables: the paper's rows come first, in its order; then the kit's own, then what others only start from", (t) => {
  const { methods } = findTable("table-1");
  const keysIn = (part: string) => methods.flatMap((method) => (method.part === part ? [method.key] : []));
  t.deepEqual(
    methods.slice(0, 17).map(({ key }) => key),
    [...publishedTable1.single, ...publishedTable1.multiExpert].map(({ key }) => key),
  );
  t.deepEqual(keysIn("added"), [
    ...["bsce", "ldam-drw-h2t", "dr-crt", "dr-lws", "dr-zeros", "dr-noise", "bsce-h2t"],
    ...["ride-linear", "ride-port", "reslt-port"],
  ]);
  t.deepEqual(keysIn("stage-1"), ["ce-mixup", "gcl-stage-1", "reslt-port-stage-1"]);
});

test("tables: only MBJ and ACE of Table 1 are shown with the paper's numbers alone", (t) => {
  const alone = findTable("table-1").methods.filter(({ cells }) =>
    cells.every(({ rowId }) => rowId === null),
  );
  t.deepEqual(
    alone.map(({ key, quotedOnly }) => [key, quotedOnly]),
    ["mbj", "ace"].map((key) => [key, "no public code to check a row against"]),
  );
});

test("tables: a method's base is the one that the paper says it improves on; the ports' is the port", (t) => {
  const published = [...publishedTable1.single, ...publishedTable1.multiExpert].flatMap((method) =>
    "gain" in method ? [{ key: method.key, over: method.gain.over }] : [],
  );
  const ours = new Map(methods.flatMap(({ key, base }) => (base ? [[key, base]] : [])));
  const ported = ["ride", "reslt"];
  for (const { key, over } of published) t.is(ours.get(key), ported.includes(over) ? `${over}-port` : over);
  t.deepEqual(
    ["bsce-h2t", "ldam-drw-h2t", "dr-zeros", "dr-noise"].map((key) => ours.get(key)),
    ["bsce", "ldam-drw", "dr-mu", "dr-mu"],
  );
});

test("tables: every base has a row of its own, and ends in the stage I that its +H2T row starts from", (t) => {
  for (const { base, from } of experiments()) {
    if (base === undefined) continue;
    const one = findExperiment(base);
    t.true(from === (one.from ?? one.id), base);
  }
});

test("tables: CE + mixup is added on CIFAR-10 only, without published numbers", (t) => {
  const method = findTable("table-1").methods.find(({ key }) => key === "ce-mixup");
  t.is(method?.source, "added");
  t.deepEqual(
    method?.cells.map(({ published, rowId }) => [published, rowId]),
    [
      [null, "table-1/cifar10/200/ce-mixup"],
      [null, "table-1/cifar10/100/ce-mixup"],
      [null, "table-1/cifar10/50/ce-mixup"],
      [null, null],
      [null, null],
      [null, null],
    ],
  );
});

test("tables: Tables 2 to 4 have no rows yet", (t) => {
  for (const name of ["table-2", "table-3", "table-4"]) {
    t.true(findTable(name).methods.every(({ cells }) => cells.every(({ rowId }) => rowId === null)));
  }
});

test("findTable: an unknown table names the nearest", (t) => {
  t.throws(() => findTable("tabel-5"), {
    instanceOf: UsageError,
    message:
      'a table must be one of table-1, table-2, table-3, table-4, table-5, got "tabel-5"; did you mean "table-5"?',
  });
});

test("tableOnStandIn: Table 5 keeps its columns, its rows move", (t) => {
  const table = findTable("table-5");
  const moved = tableOnStandIn(table, "glyphs-10");
  t.deepEqual(moved.columns, table.columns);
  t.deepEqual(moved.methods[4]?.cells[3], {
    published: 47.73,
    ...{ gain: null, over: null },
    rowId: "table-5/bs-is@glyphs-10",
  });
});

test("tableOnStandIn: Table 1 keeps the columns with as many classes", (t) => {
  const datasets = (standIn: "glyphs-10" | "tiny-imagenet-32") =>
    tableOnStandIn(findTable("table-1"), standIn).columns.map(({ dataset }) => dataset);
  t.deepEqual(datasets("glyphs-10"), ["cifar10", "cifar10", "cifar10"]);
  t.deepEqual(datasets("tiny-imagenet-32"), ["cifar100", "cifar100", "cifar100"]);
});

test("tableOfRows: rows that the paper gives over all classes get the groups as columns", (t) => {
  const { methods } = tableOfRows("x", "X", [
    "table-1/cifar10/100/ce-mixup",
    "table-1/cifar10/100/dr-h2t",
    "table-5/bs-is",
  ]);
  t.deepEqual(
    methods.map(({ source, cells }) => [source, ...cells.map(({ published }) => published)]),
    [
      ["re-run", null, null, null, 82.87],
      ["re-run", 62, 50.17, 27.07, 47.73],
      ["added", null, null, null, null],
    ],
  );
});
