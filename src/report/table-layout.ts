import { formatMeasured, formatPercent } from "./percent.ts";
import type { CellModel, Keeper, RowModel, TableModel } from "./table-model.ts";
import { keepers } from "./table-model.ts";

/** Whose number a printed column shows. */
export type Source = "paper" | Keeper;

const sections = { single: "Single model", "multi-expert": "Multi-expert model" } as const;
const marks = { quoted: "★", "re-run": "", added: "†" } as const;

/** The columns printed under each column of the table: the paper's alone where no row can be run. */
export function sourcesOf({ rows }: TableModel): readonly Source[] {
  const runnable = rows.some(({ cells }) => cells.some(({ rowId }) => rowId !== null));
  return runnable ? ["paper", ...keepers] : ["paper"];
}

/**
 * The columns printed under each column where room is scarce: of ours only those with a number, and `yours` where neither has
 * one but a row could be run.
 */
export function compactSourcesOf({ columns, rows }: TableModel): readonly (readonly Source[])[] {
  return columns.map((_, i) => {
    const cells = rows.flatMap((row) => row.cells[i] ?? []);
    const filled = keepers.filter((keeper) => cells.some((cell) => cell[keeper] !== null));
    if (filled.length > 0) return ["paper", ...filled];
    return cells.some(({ rowId }) => rowId !== null) ? ["paper", "yours"] : ["paper"];
  });
}

/** What a cell shows for one source. */
export function textOf({ published, gain, ...cell }: CellModel, source: Source): string {
  if (source !== "paper") return formatMeasured(cell[source]);
  return gain === null ? formatPercent(published) : `${formatPercent(published)} (↑${gain.toFixed(2)})`;
}

/** The method's name with its mark. */
export const nameOf = ({ name, source }: RowModel): string => `${name}${marks[source]}`;

/** The rows under their headings; a table of one kind of model has a single part without heading. */
export function partsOf({
  rows,
}: TableModel): readonly { heading: string | null; rows: readonly RowModel[] }[] {
  const parts = (["single", "multi-expert"] as const)
    .map((models) => ({ heading: sections[models], rows: rows.filter((row) => row.models === models) }))
    .filter((part) => part.rows.length > 0);
  return parts.length > 1 ? parts : parts.map((part) => ({ ...part, heading: null }));
}

/** Whether a table prints the year of its methods. */
export const hasYears = ({ rows }: TableModel): boolean => rows.some(({ year }) => year !== null);
