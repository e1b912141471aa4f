import type { StoredRecord } from "../../runs/records.ts";
import { escapeHtml } from "../escape-html.ts";
import { accuracyByGroup, toPlotly } from "../figures/accuracy-by-group.ts";
import { formatGain, formatPercent, measuredParts } from "../percent.ts";
import { packNotes } from "../tables/pack-notes.ts";
import { stageOnesText } from "../tables/spread.ts";
import { spreadNotes } from "../tables/spread-notes.ts";
import { markOf, type Source } from "../tables/table-layout.ts";
import { type CellModel, keepers, type RowModel, type TableModel } from "../tables/table-model.ts";
import { type CellLook, type Folds, toHtml } from "../tables/to-html.ts";
import { originLines } from "./origin-lines.ts";
import { plotOf } from "./plot.ts";
import { hasNumbers, type PageTable } from "./setting-tables.ts";

/** Pieces of a cell, each with a class, so that the page can set them apart. */
const pieces = (parts: Readonly<Record<string, string>>) =>
  Object.entries(parts)
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `<span class="${name}">${escapeHtml(text)}</span>`)
    .join(" ");

function contentOf(cell: CellModel, row: RowModel, source: Source): string {
  if (source !== "paper") return pieces({ ...measuredParts(cell[source], markOf(cell, row)) });
  const { published, gain } = cell;
  return pieces({ mean: formatPercent(published), gain: gain === null ? "" : `(${formatGain(gain)})` });
}

const hasOurs = (cell: CellModel | undefined) =>
  cell !== undefined && keepers.some((keeper) => cell[keeper] !== null);

/** The columns and rows of a table without any number of ours; none where nothing at all is measured. */
function foldsOf(model: TableModel): Folds {
  if (!hasNumbers(model)) return { columns: new Set(), rows: new Set() };
  const { columns, rows } = model;
  const empty = [...columns.keys()].filter((i) => !rows.some(({ cells }) => hasOurs(cells[i])));
  return {
    columns: new Set(empty),
    rows: new Set(rows.filter(({ cells }) => !cells.some(hasOurs))),
  };
}

const counted = (n: number, what: string) => `${n} ${n === 1 ? what : `${what}s`}`;

/** The switch that shows what is folded; nothing where nothing is. */
function showAll({ columns, rows }: Folds): string {
  const parts = [
    ...(columns.size > 0 ? [counted(columns.size, "column")] : []),
    ...(rows.size > 0 ? [counted(rows.size, "row")] : []),
  ];
  if (parts.length === 0) return "";
  return `<label class="show-all"><input type="checkbox"> Show all: ${parts.join(" and ")} without a number of ours</label>`;
}

/** What must be read before the numbers: their packs and their number of stages I. */
function mainNotes(model: TableModel): string {
  const [stageOnes] = spreadNotes(model);
  const notes = [...packNotes(model.packs), ...(typeof stageOnes === "string" ? [stageOnes] : [])];
  return notes.length === 0 ? "" : `<p class="main-notes">${notes.map(escapeHtml).join(" ")}</p>`;
}

/** The names of so many rows fit side by side below bars. */
const maxBars = 6;

/** Accuracy by group below a short table that has the groups as columns. */
function chartOf({ id, heading, model }: PageTable): string {
  const isByGroup = model.columns.some(({ metric }) => metric === "head");
  if (!isByGroup || !hasNumbers(model) || model.rows.length > maxBars) return "";
  const figure = accuracyByGroup(model);
  const rows = figure.rows.map(({ label, bars }) => {
    const numbers = bars.map(({ metric, ours }) => `${metric} ${formatPercent(ours)}`);
    return `${label}: ${numbers.join(", ")}`;
  });
  const description = `Bar chart of accuracy by group, in percent. ${rows.join("; ")}.`;
  const counts = model.rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => keepers.flatMap((keeper) => cell[keeper]?.stageOnes.length ?? [])),
  );
  const units = [...new Set(counts)].sort((a, b) => a - b).map(stageOnesText);
  return `<figure class="drawn"><h4>${escapeHtml(`Accuracy by group: ${heading}`)}</h4>
${plotOf(`chart-${id}`, toPlotly(figure), description)}
<figcaption>${escapeHtml(`Bars: ours, from ${units.join(" or ")}. Dots: one per seed.`)}</figcaption></figure>`;
}

/** How the page's cells look: pieces, with their origin line by line. */
function lookOf(records: readonly StoredRecord[]): CellLook {
  const byFile = new Map(records.map((stored) => [stored.file, stored]));
  return {
    content: contentOf,
    title: (cell, row, source) =>
      originLines(cell, row, source, byFile)
        .map(([label, value]) => `${label}: ${value}`)
        .join("\n"),
  };
}

/**
 * A table under its heading, with where its numbers come from, and its chart.
 *
 * @param records - those that the table was made from.
 */
export function tableHtml(table: PageTable, records: readonly StoredRecord[]): string {
  const { id, heading, model, folded } = table;
  const folds = foldsOf(model);
  const grid = `${showAll(folds)}${toHtml(model, { compact: true, foldNotes: true, folds, look: lookOf(records) })}`;
  const content = `${mainNotes(model)}${grid}${chartOf(table)}`;
  const text = escapeHtml(heading);
  return folded
    ? `<details class="table" id="${id}"><summary>${text}</summary>${content}</details>`
    : `<div class="table" id="${id}"><h3>${text}</h3>${content}</div>`;
}
