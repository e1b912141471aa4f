import { settingOf } from "../../experiments/rows/stand-in.ts";
import { tableNames } from "../../experiments/tables/table.ts";
import { findTable } from "../../experiments/tables/tables.ts";
import { escapeHtml } from "../escape-html.ts";
import type { FigureName } from "../figures/figures.ts";
import { renderTable } from "../tables/render-table.ts";
import { toHtml } from "../tables/to-html.ts";
import { dataFree, drawFigure, headingOf } from "./figures.ts";
import { plotOf } from "./plot.ts";

/** The method as the paper's Figure 2 draws it, which needs no record. */
export function methodSection(): string {
  const figure = drawFigure(dataFree, { records: [], analyses: [], profile: "paper" });
  if (figure === undefined) return "";
  return `<section id="method" aria-labelledby="method-heading">
<h2 id="method-heading">The method</h2>
<figure class="drawn"><h3>${escapeHtml(`${headingOf(dataFree)}. ${figure.title}`)}</h3>
${plotOf(dataFree, figure.plotly, figure.altText)}
<figcaption>${escapeHtml(figure.caption)}</figcaption></figure>
</section>`;
}

/** `table-1` → `Table 1`. */
const titleOf = (name: string) => `Table ${name.slice("table-".length)}`;

/** A table of the paper without any number of ours, opened on request. */
function emptyTable(name: string): string {
  const model = renderTable(findTable(name), [], { profile: "paper" });
  return `<details id="${name}"><summary>${escapeHtml(`${titleOf(name)}: ${model.title}`)}</summary>${toHtml(model, { compact: true })}</details>`;
}

/** The command that runs what a figure is drawn from. */
const commandOf = (name: FigureName) => `npx h2t figure ${name} --profile ${settingOf("demo").profile}`;

/**
 * The tables and figures that no section shows.
 *
 * @param shown - names of tables with numbers of ours.
 * @param absent - figures that cannot be drawn.
 */
export function unmeasuredSection(shown: ReadonlySet<string>, absent: readonly FigureName[]): string {
  const tables = tableNames.filter((name) => !shown.has(name));
  if (tables.length + absent.length === 0) return "";
  const figures = absent.map(
    (name) =>
      `<div><dt>${escapeHtml(headingOf(name))}</dt><dd>To see which runs it needs: <code>${escapeHtml(commandOf(name))}</code></dd></div>`,
  );
  return `<section id="unmeasured" aria-labelledby="unmeasured-heading">
<h2 id="unmeasured-heading">Not measured yet</h2>
${tables.map(emptyTable).join("\n")}
${figures.length > 0 ? `<dl class="absent">${figures.join("\n")}</dl>` : ""}
</section>`;
}
