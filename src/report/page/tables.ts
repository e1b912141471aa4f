import { escapeHtml } from "../../escape-html.ts";
import type { StoredRecord } from "../../paper/records.ts";
import { accuracyByGroup, toPlotly } from "../figures/accuracy-by-group.ts";
import { formatGain, formatPercent, measuredParts } from "../percent.ts";
import { markOf, type Source } from "../table-layout.ts";
import type { CellModel, RowModel } from "../table-model.ts";
import { type CellLook, toHtml } from "../to-html.ts";
import { originLines } from "./origin-lines.ts";
import { plotOf } from "./plot.ts";
import { hasNumbers, type PageSection, type PageTable } from "./sections.ts";

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

/** The names of so many rows fit side by side below bars. */
const mostBars = 6;

/** Accuracy by group below a short table that has the groups as columns. */
function chartOf({ id, model }: PageTable): string {
  const byGroup = model.columns.some(({ metric }) => metric === "head");
  if (!byGroup || !hasNumbers(model) || model.rows.length > mostBars) return "";
  const figure = accuracyByGroup(model);
  const rows = figure.rows.map(({ label, bars }) => {
    const numbers = bars.map(({ metric, ours }) => `${metric} ${formatPercent(ours)}`);
    return `${label}: ${numbers.join(", ")}`;
  });
  return plotOf(
    `chart-${id}`,
    toPlotly(figure),
    `Bar chart of accuracy by group, in percent. ${rows.join("; ")}.`,
  );
}

/** A table, where its numbers come from, and its chart. */
function tableOf(table: PageTable, look: CellLook): string {
  const { id, heading, model, folded } = table;
  const content = `${toHtml(model, { compact: true, look })}${chartOf(table)}`;
  if (heading === null) return `<div id="${id}">${content}</div>`;
  const text = escapeHtml(heading);
  return folded
    ? `<details id="${id}"><summary>${text}</summary>${content}</details>`
    : `<div id="${id}"><h3>${text}</h3>${content}</div>`;
}

/**
 * The tables of a section under their heading.
 *
 * @param records - those that the tables were made from.
 */
export function sectionOf({ id, heading, tables }: PageSection, records: readonly StoredRecord[]): string {
  const byFile = new Map(records.map((stored) => [stored.file, stored]));
  const look: CellLook = {
    content: contentOf,
    title: (cell, row, source) =>
      originLines(cell, row, source, byFile)
        .map(([label, value]) => `${label}: ${value}`)
        .join("\n"),
  };
  return `<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${escapeHtml(heading)}</h2>
${tables.map((table) => tableOf(table, look)).join("\n")}
</section>`;
}
