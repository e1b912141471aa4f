import { UsageError } from "../../errors.ts";
import type { DatasetName, StandInName } from "../experiment.ts";
import { methods } from "../methods/methods.ts";
import { nearest } from "../nearest.ts";
import type { PublishedMethod, PublishedTable } from "../published/published-table.ts";
import { publishedTable1, table1Columns } from "../published/table-1.ts";
import { publishedTable2 } from "../published/table-2.ts";
import { publishedTable3 } from "../published/table-3.ts";
import { publishedTable4 } from "../published/table-4.ts";
import { publishedTable5 } from "../published/table-5.ts";
import { experiments } from "../rows/experiments.ts";
import { numClasses, standInId } from "../rows/stand-in.ts";
import { metricLabels, type PaperTable, type TableMethod, type TableName, tableNames } from "./table.ts";

const runnable = new Set(experiments().map(({ id }) => id));
const rowIdOf = (id: string) => (runnable.has(id) ? id : null);

/** Methods without public code that a row could be checked against: only their published numbers are shown. */
const withoutCode = new Set(["mbj", "ace"]);

/** Every method of a published table; `idsOf` says which row would measure a method in each column. */
function methodsOf<Columns extends readonly string[]>(
  { single, multiExpert }: PublishedTable<Columns>,
  idsOf: (key: string) => readonly string[],
): TableMethod[] {
  const all: readonly PublishedMethod<Columns>[] = [...single, ...multiExpert];
  const linked = (part: TableMethod["part"]) => (method: PublishedMethod<Columns>) => {
    const { key, name, year, source, percent, gain } = method;
    const ids = idsOf(key);
    const base = all.find((one) => one.key === gain?.over);
    const cells = percent.map((published, i) => {
      const printed = gain?.percent[i] ?? null;
      const over = printed === null ? null : (base?.percent[i] ?? null);
      return { published, gain: printed, over, rowId: rowIdOf(ids[i] ?? "") };
    });
    const quotedOnly = withoutCode.has(key) ? "no public code to check a row against" : null;
    return { key, name, year, source, part, quotedOnly, cells };
  };
  return [...single.map(linked("single")), ...multiExpert.map(linked("multi-expert"))];
}

/** Whether a method is there only because others start from it. */
function isOnlyStageOne(key: string): boolean {
  const starts = methods.some(
    ({ recipe }) => recipe({ dataset: "cifar10", imbalanceRatio: 100 }).from === key,
  );
  return starts && methods.every(({ base }) => base !== key);
}

/** Table 1, then the kit's own methods. */
function table1(): PaperTable {
  const idsOf = (key: string) => table1Columns.map((column) => `table-1/${column}/${key}`);
  const published = methodsOf(publishedTable1, idsOf);
  const added = methods.filter(({ key }) => published.every((row) => row.key !== key));
  const rows = added.map(({ key, label: name }): TableMethod => {
    const cells = idsOf(key).map((id) => ({ published: null, gain: null, over: null, rowId: rowIdOf(id) }));
    const part = isOnlyStageOne(key) ? "stage-1" : "added";
    return { key, name, year: null, source: "added", part, quotedOnly: null, cells };
  });
  return {
    name: "table-1",
    title: publishedTable1.title,
    columns: table1Columns.map((column) => {
      const [dataset, ratio] = column.split("/") as ["cifar10" | "cifar100", string];
      return { label: ratio, group: `${dataset.toUpperCase()}-LT, ratio`, dataset, metric: "all" };
    }),
    methods: [...published, ...rows],
  };
}

/** A table with one row a method, whose groups are its columns. */
function tableByGroup(
  name: TableName,
  published: PublishedTable<readonly ["head", "medium", "tail", "all"]>,
  dataset: DatasetName | null,
  waitsFor?: string,
): PaperTable {
  return {
    name,
    title: published.title,
    ...(waitsFor === undefined ? {} : { waitsFor }),
    columns: published.columns.map((metric) => ({
      label: metricLabels[metric],
      group: null,
      dataset,
      metric,
    })),
    methods: methodsOf(published, (key) => published.columns.map(() => `${name}/${key}`)),
  };
}

const tables: Readonly<Record<TableName, PaperTable>> = {
  "table-1": table1(),
  "table-2": tableByGroup("table-2", publishedTable2, null, "ImageNet-LT and a ResNet-50"),
  "table-3": tableByGroup("table-3", publishedTable3, null, "iNaturalist 2018 and a ResNet-50"),
  "table-4": tableByGroup(
    "table-4",
    publishedTable4,
    null,
    "Places-LT and a ResNet-152 pretrained on ImageNet",
  ),
  "table-5": tableByGroup("table-5", publishedTable5, "cifar100"),
};

/**
 * A table of the paper, by its name.
 *
 * @param name - `table-1` … `table-5`.
 * @throws {UsageError} if there is no such table; the nearest name is in the message.
 * @example findTable("table-5").methods.length; // → 5
 */
export function findTable(name: string): PaperTable {
  const known = tableNames.find((valid) => valid === name);
  if (known) return tables[known];
  throw new UsageError({
    rule: `a table must be one of ${tableNames.join(", ")}`,
    got: `"${name}"`,
    remedy: `did you mean "${nearest(name, tableNames, 1).join()}"?`,
  });
}

/**
 * The same table with its rows on a stand-in.
 *
 * Of a table over several data sets only the columns stay whose data set has as many classes as the stand-in.
 *
 * @example tableOnStandIn(findTable("table-5"), "glyphs-10").methods[4]?.cells[0]?.rowId; // → "table-5/bs-is@glyphs-10"
 */
export function tableOnStandIn(table: PaperTable, dataset: StandInName): PaperTable {
  const several = new Set(table.columns.map((column) => column.dataset)).size > 1;
  const keep = table.columns.map(
    (column) => !several || (column.dataset !== null && numClasses[column.dataset] === numClasses[dataset]),
  );
  const methods = table.methods.map((method) => ({
    ...method,
    cells: method.cells
      .filter((_, i) => keep[i])
      .map((cell) => ({ ...cell, rowId: cell.rowId === null ? null : standInId(cell.rowId, dataset) })),
  }));
  return { ...table, columns: table.columns.filter((_, i) => keep[i]), methods };
}
