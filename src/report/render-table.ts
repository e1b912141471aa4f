import type { Profile } from "../paper/experiment.ts";
import { recordsOf, type StoredRecord } from "../paper/records.ts";
import { findExperiment } from "../paper/rows/experiments.ts";
import { type PaperTable, type TableCell, tableNames } from "../paper/table.ts";
import { tableOnStandIn } from "../paper/tables.ts";
import { measureCell } from "./measure-cell.ts";
import { captionOf, footnotesOf } from "./notes.ts";
import type { CellModel, Keeper, RowModel, TableModel, TableOptions } from "./table-model.ts";

/** So many rows a command may name; for more, the main job is the shorter way. */
const rowsPerCommand = 5;

/** The command that fills the rows without any record. */
function commandFor(table: PaperTable, rows: readonly RowModel[], profile: Profile): string | null {
  const missing = rows.flatMap(({ cells }) =>
    cells.flatMap(({ rowId, shipped, yours }) => (rowId !== null && !shipped && !yours ? [rowId] : [])),
  );
  const rowIds = [...new Set(missing)];
  if (rowIds.length === 0) return null;
  return rowIds.length > rowsPerCommand && tableNames.some((name) => name === table.name)
    ? `./reproduce.sh --only ${table.name} --profile ${profile}`
    : runCommand(rowIds, profile);
}

const runCommand = (rowIds: readonly string[], profile: Profile) =>
  `npx h2t run ${rowIds.join(" ")} --profile ${profile}`;

/**
 * A table of the paper beside what the records say, as plain data for the renderers `toMarkdown`, `toHtml`, `toLatex`,
 * `toCsv` and `toJson`.
 *
 * @param table - as `findTable` or `tableOfRows` gives it, on the paper's data; `options.standIn` moves it.
 * @param records - as `readRecords` returns them.
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
  const { name, title, columns, methods } = standIn ? tableOnStandIn(table, standIn) : table;
  const found = new Map<string, readonly StoredRecord[]>();
  const recordsOfRow = (rowId: string) => {
    const known = found.get(rowId) ?? recordsOf(records, findExperiment(rowId), profile);
    found.set(rowId, known);
    return known;
  };
  const cellOf = ({ published, gain, rowId }: TableCell, i: number): CellModel => {
    const metric = columns[i]?.metric ?? "all";
    const measure = (keeper: Keeper) =>
      rowId === null
        ? null
        : measureCell(
            recordsOfRow(rowId).filter((stored) => stored.keeper === keeper),
            metric,
            published,
            options,
          );
    const yours = measure("yours");
    const command = rowId === null || yours ? null : runCommand([rowId], profile);
    return { published, gain, rowId, shipped: measure("shipped"), yours, command };
  };
  const rows = methods.map((method) => ({
    name: method.name,
    year: method.year,
    source: method.source,
    models: method.models,
    cells: method.cells.map(cellOf),
  }));
  const datasets = [...new Set(table.columns.flatMap(({ dataset }) => dataset ?? []))];
  const partial = { columns, rows, options, command: commandFor(table, rows, profile) };
  return {
    name,
    title,
    ...partial,
    caption: captionOf(title, datasets, partial),
    footnotes: footnotesOf(partial),
  };
}
