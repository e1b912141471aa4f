import { escapeHtml } from "../escape-html.ts";
import { dash } from "../percent.ts";
import { provenanceOf } from "../provenance.ts";
import {
  compactSourcesOf,
  hasYears,
  linesOf,
  nameOf,
  partsOf,
  type Source,
  sourcesOf,
} from "./table-layout.ts";
import type { CellModel, RowModel, TableModel } from "./table-model.ts";

/** Whose numbers are printed under each column. */
type Sources = readonly (readonly Source[])[];

/** Notebooks set headings to the right: so names and parts say that they begin at the left. */
const atLeft = (compact: boolean) => (compact ? ' style="text-align: left"' : "");

/** A heading's width; centred over its columns, since notebooks set headings to the right. */
const across = (span: number, compact: boolean) =>
  `colspan="${span}"${compact && span > 1 ? ' style="text-align: center"' : ""}`;

/** Headings over neighbouring columns with the same text, each as wide as they. */
function groupRow({ columns }: TableModel, sources: Sources, compact: boolean): string {
  const cells: { text: string | null; span: number }[] = [];
  for (const [i, { group }] of columns.entries()) {
    const previous = cells.at(-1);
    const span = sources[i]?.length ?? 0;
    if (previous && previous.text === group) previous.span += span;
    else cells.push({ text: group, span });
  }
  return cells
    .map(({ text, span }) => `<th scope="colgroup" ${across(span, compact)}>${escapeHtml(text ?? "")}</th>`)
    .join("");
}

function headOf(model: TableModel, sources: Sources, compact: boolean, folds: Folds): string {
  const { columns } = model;
  const grouped = columns.some(({ group }) => group !== null);
  const wide = sources.some((own) => own.length > 1 || own[0] !== "paper");
  const depth = 1 + Number(grouped) + Number(wide);
  const left = (hasYears(model) ? ["Method", "Year"] : ["Method"])
    .map((text) => `<th scope="col" rowspan="${depth}">${text}</th>`)
    .join("");
  const foldOf = (i: number) => (folds.columns.has(i) ? ' class="fold"' : "");
  const labels = columns.map(
    ({ label }, i) =>
      `<th scope="col"${foldOf(i)} ${across(sources[i]?.length ?? 0, compact)}>${escapeHtml(label)}</th>`,
  );
  const own = sources.flatMap((list, i) =>
    list.map(
      (source) => `<th scope="col" class="${source}${folds.columns.has(i) ? " fold" : ""}">${source}</th>`,
    ),
  );
  const lines = [
    ...(grouped ? [groupRow(model, sources, compact)] : []),
    labels.join(""),
    ...(wide ? [own.join("")] : []),
  ];
  return lines.map((line, i) => `<tr>${i === 0 ? left : ""}${line}</tr>`).join("\n");
}

/** How a cell is shown. */
export interface CellLook {
  /** What stands in it, as HTML. */
  readonly content: (cell: CellModel, row: RowModel, source: Source) => string;
  /** Where it comes from, as text. */
  readonly title: (cell: CellModel, row: RowModel, source: Source) => string;
}

const plainLook: CellLook = {
  content: (...place) =>
    linesOf(...place)
      .map(escapeHtml)
      .join("<br>"),
  title: provenanceOf,
};

function cellOf(
  { content, title }: CellLook,
  fold: string,
  ...[cell, row, source]: [CellModel, RowModel, Source]
): string {
  const empty = (source === "paper" ? cell.published : cell[source]) === null ? " empty" : "";
  return `<td class="${source}${empty}${fold}" title="${escapeHtml(title(cell, row, source))}">${content(cell, row, source)}</td>`;
}

/** Which columns and rows carry the class `fold`, so that a page can show them on request. */
export interface Folds {
  readonly columns: ReadonlySet<number>;
  readonly rows: ReadonlySet<RowModel>;
}

const noFolds: Folds = { columns: new Set(), rows: new Set() };

/** How a table is written. */
interface HtmlOptions {
  /** For notebooks: leaves out columns of ours without a number. @default false */
  readonly compact?: boolean;
  /** Whether the remarks below open on request only. @default false */
  readonly foldNotes?: boolean;
  /** What a page folds away. @default nothing */
  readonly folds?: Folds;
  /** Of the cells. */
  readonly look?: CellLook;
}

/**
 * A table as an HTML `<figure>`, without script; where a number comes from is its cell's title.
 *
 * @param model - as `renderTable` makes it.
 * @param options - for notebooks, and for pages that fold.
 * @returns one element, in which all text is escaped.
 * @example const html = toHtml(renderTable(findTable("table-5"), records, { profile: "paper" }), { compact: true });
 */
export function toHtml(
  model: TableModel,
  { compact = false, foldNotes = false, folds = noFolds, look = plainLook }: HtmlOptions = {},
): string {
  const sources = compact ? compactSourcesOf(model) : model.columns.map(() => sourcesOf(model));
  const years = hasYears(model);
  const width = 1 + Number(years) + sources.flat().length;
  const body = partsOf(model).flatMap(({ heading, rows }) => [
    ...(heading === null
      ? []
      : [
          `<tr class="part${rows.every((row) => folds.rows.has(row)) ? " fold" : ""}"><th colspan="${width}"${atLeft(compact)}>${heading}</th></tr>`,
        ]),
    ...rows.map((row) => {
      const year = years ? `<td class="year">${row.year ?? dash}</td>` : "";
      const cells = row.cells.flatMap((cell, i) =>
        (sources[i] ?? []).map((source) =>
          cellOf(look, folds.columns.has(i) ? " fold" : "", cell, row, source),
        ),
      );
      const fold = folds.rows.has(row) ? ' class="fold"' : "";
      return `<tr${fold}><th scope="row"${atLeft(compact)}>${escapeHtml(nameOf(row))}</th>${year}${cells.join("")}</tr>`;
    }),
  ]);
  const notes = `<ul class="notes">
${model.footnotes.map((note) => `<li>${escapeHtml(note)}</li>`).join("\n")}
</ul>`;
  return `<figure class="h2t-table">
<figcaption>${escapeHtml(model.caption)}</figcaption>
<div class="scroll"><table>
<thead>
${headOf(model, sources, compact, folds)}
</thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>
${foldNotes ? `<details><summary>Notes</summary>${notes}</details>` : notes}
</figure>
`;
}
