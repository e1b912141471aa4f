import type { Profile } from "../../experiments/experiment.ts";
import { findExperiment } from "../../experiments/rows/experiments.ts";
import { settingOf } from "../../experiments/rows/stand-in.ts";
import { type PaperTable, type TableCell, tableNames } from "../../experiments/tables/table.ts";
import { tableOnStandIn } from "../../experiments/tables/tables.ts";
import { recordsOf, type StoredRecord } from "../../runs/records.ts";
import { choosePacks, isOnShownPack } from "./choose-packs.ts";
import { measureCell } from "./measure-cell.ts";
import { captionOf, footnotesOf } from "./notes.ts";
import type { CellModel, Keeper, RowModel, TableModel, TableOptions } from "./table-model.ts";

/** So many rows a command may name; for more, the main job is the shorter way. */
const rowsPerCommand = 5;

/** The command that fills the rows without any record; the main job trains on the profile's own images only. */
function commandFor(
  { name }: PaperTable,
  rows: readonly RowModel[],
  { profile, standIn }: TableModel["options"],
): string | null {
  const missing = rows.flatMap(({ cells }) =>
    cells.flatMap(({ rowId, shipped, yours }) => (rowId !== null && !shipped && !yours ? [rowId] : [])),
  );
  const rowIds = [...new Set(missing)];
  if (rowIds.length === 0) return null;
  if (rowIds.length <= rowsPerCommand) return runCommand(rowIds, profile);
  if (standIn === (settingOf(profile).standIn ?? null) && tableNames.some((known) => known === name))
    return `./reproduce.sh --only ${name} --profile ${profile}`;
  const beginning = beginningOf(rowIds);
  return runCommand(beginning === "" ? rowIds : [beginning], profile);
}

/** What rows on one stand-in have in common: `table-1/cifar100@tiny-imagenet-32`. */
function beginningOf(rowIds: readonly string[]): string {
  const [first = [], ...others] = rowIds.map((id) => id.replace(/@.*/, "").split("/"));
  const end = first.findIndex((part, i) => others.some((parts) => parts[i] !== part));
  return first.slice(0, end).join("/") + (/@.*/.exec(rowIds[0] ?? "")?.[0] ?? "");
}

const runCommand = (rowIds: readonly string[], profile: Profile) =>
  `npx h2t run ${rowIds.join(" ")} --profile ${profile}`;

/**
 * A table of the paper next to what the records say, as plain data for the renderers `toMarkdown`, `toHtml`, `toLatex`,
 * `toCsv` and `toJson`.
 *
 * @param table - as `findTable` or `tableOfRows` gives it, on the paper's data; `options.standIn` moves it.
 * @param records - as `readRecords` returns them.
 * Each column of ours shows one pack of a data set: the official one that ships, and of yours the one in the data folder, if
 * `readRecords` knows the folder, else the newest.
 *
 * @param options - which records count, and which of their numbers.
 * @returns every cell with the published number (percent), the shipped records' and the reader's own.
 * @source protocol: methods of evaluation as in the paper, section 4.1, and code: H2T train_stage2.py
 * @example toMarkdown(renderTable(findTable("table-5"), await readRecords(folders), { profile: "paper" }));
 */
export function renderTable(
  table: PaperTable,
  records: readonly StoredRecord[],
  { profile, standIn, groupRule = "byIndex", epoch = "bestOnTest" }: TableOptions,
): TableModel {
  const options = { profile, standIn: standIn ?? null, groupRule, epoch };
  const shown = standIn ? tableOnStandIn(table, standIn) : table;
  const { name, title, columns, methods } = shown;
  const found = new Map<string, readonly StoredRecord[]>();
  const recordsOfRow = (rowId: string) => {
    const known = found.get(rowId) ?? recordsOf(records, findExperiment(rowId), profile);
    found.set(rowId, known);
    return known;
  };
  const rowIds = methods.flatMap(({ cells }) => cells.flatMap(({ rowId }) => rowId ?? []));
  const packs = choosePacks([...new Set(rowIds)].flatMap(recordsOfRow));
  const cellOf = ({ published, gain, rowId }: TableCell, i: number): CellModel => {
    const metric = columns[i]?.metric ?? "all";
    const { base, inferred } = rowId === null ? {} : findExperiment(rowId);
    const measure = (keeper: Keeper) => {
      const kept = (id: string | null | undefined) =>
        typeof id === "string"
          ? recordsOfRow(id).filter((stored) => stored.keeper === keeper && isOnShownPack(packs, stored))
          : [];
      return measureCell(kept(rowId), kept(base), metric, published, options);
    };
    const yours = measure("yours");
    const command = rowId === null || yours ? null : runCommand([rowId], profile);
    return {
      ...{ published, gain, rowId, inferred: inferred ?? null },
      base: base === undefined ? null : { rowId: base, name: findExperiment(base).label },
      ...{ shipped: measure("shipped"), yours, command },
    };
  };
  const rows = methods.map((method) => ({
    name: method.name,
    year: method.year,
    source: method.source,
    part: method.part,
    quotedOnly: method.quotedOnly,
    cells: method.cells.map(cellOf),
  }));
  const datasets = [...new Set(table.columns.flatMap(({ dataset }) => dataset ?? []))];
  const command = commandFor(table, rows, options);
  const partial = { name, title, columns, rows, packs, options, command };
  return {
    ...partial,
    caption: captionOf(title, datasets, partial),
    footnotes: footnotesOf(partial, shown),
  };
}
