import { tableParts } from "../../experiments/tables/table.ts";
import { formatMeasured, formatPercent, inferredMark } from "../percent.ts";
import type { CellModel, Keeper, RowModel, TableModel } from "./table-model.ts";
import { keepers } from "./table-model.ts";

/** Whose number a printed column shows. */
export type Source = "paper" | Keeper;

const headings = {
  single: "Single model",
  "multi-expert": "Multi-expert model",
  added: "Added by the kit",
  "stage-1": "Stage I of rows above",
} as const;
const marks = { quoted: "★", "re-run": "", added: "†" } as const;

/** The columns printed under each column of the table: of ours only `yours`, empty, where no row can be run. */
export function sourcesOf({ rows }: TableModel): readonly Source[] {
  const runnable = rows.some(({ cells }) => cells.some(({ rowId }) => rowId !== null));
  return runnable ? ["paper", ...keepers] : ["paper", "yours"];
}

/**
 * The columns printed under each column where room is scarce: of ours only those with a number, `yours` where neither has one; the
 * paper's unless it has no number and ours do.
 */
export function compactSourcesOf({ columns, rows }: TableModel): readonly (readonly Source[])[] {
  return columns.map((_, i) => {
    const cells = rows.flatMap((row) => row.cells[i] ?? []);
    const filled = keepers.filter((keeper) => cells.some((cell) => cell[keeper] !== null));
    if (filled.length === 0) return ["paper", "yours"];
    return cells.some(({ published }) => published !== null) ? ["paper", ...filled] : filled;
  });
}

const isInferred = ({ rowId, inferred }: CellModel) => rowId === null || inferred !== null;

/** Whether every cell of a row that can be run has inferred settings: then the row's name is marked, not its cells. */
const isWhollyInferred = ({ cells }: RowModel) =>
  cells.some(({ rowId }) => rowId !== null) && cells.every(isInferred);

/** The mark behind a measured number whose row's name has none. */
export const markOf = (cell: CellModel, row: RowModel): string =>
  cell.inferred !== null && !isWhollyInferred(row) ? inferredMark : "";

/** What a cell shows for one source. */
export function textOf(cell: CellModel, row: RowModel, source: Source): string {
  const { published, gain } = cell;
  if (source === "paper")
    return gain === null ? formatPercent(published) : `${formatPercent(published)} (↑${gain.toFixed(2)})`;
  return formatMeasured(cell[source], markOf(cell, row));
}

/** The same where room is scarce: the gain of ours on a line of its own. */
export const linesOf = (cell: CellModel, row: RowModel, source: Source): readonly string[] =>
  textOf(cell, row, source).split(/ (?=[↑↓])/);

/** The method's name with its marks. */
export const nameOf = (row: RowModel): string =>
  `${row.name}${marks[row.source]}${isWhollyInferred(row) ? inferredMark : ""}`;

/** The rows under their headings; a table of one part is without heading. */
export function partsOf({
  rows,
}: TableModel): readonly { heading: string | null; rows: readonly RowModel[] }[] {
  const filled = tableParts
    .map((part) => ({ heading: headings[part], rows: rows.filter((row) => row.part === part) }))
    .filter((part) => part.rows.length > 0);
  return filled.length > 1 ? filled : filled.map((part) => ({ ...part, heading: null }));
}

/** Whether a table prints the year of its methods. */
export const hasYears = ({ rows }: TableModel): boolean => rows.some(({ year }) => year !== null);
