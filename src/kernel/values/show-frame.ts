import { escapeHtml } from "../../escape-html.ts";
import type { MimeBundle } from "../../mime-bundle.ts";

/** Rows of a table beyond these are counted, not shown. */
const rowLimit = 60;

/** What is needed of danfo.js's data frames and series, which the kernel must not load. */
interface Frame {
  readonly $isSeries: boolean;
  readonly columns: readonly string[];
  readonly index: readonly (string | number)[];
  readonly values: readonly unknown[];
}

const isFrame = (value: object): value is Frame =>
  "$isSeries" in value &&
  "columns" in value &&
  Array.isArray(value.columns) &&
  "index" in value &&
  Array.isArray(value.index) &&
  "values" in value &&
  Array.isArray(value.values);

/** A data frame or series as an HTML table, and as the text that it makes of itself. */
export function showFrame(value: object): MimeBundle | undefined {
  if (!isFrame(value)) return undefined;
  const { $isSeries, columns, index, values } = value;
  const rows = values.slice(0, rowLimit).map((row, position) => {
    const cells = Array.isArray(row) ? row : [row];
    return line(
      `<th>${textOf(index[position])}</th>`,
      cells.map((cell) => `<td>${textOf(cell)}</td>`),
    );
  });
  const head = line(
    "<th></th>",
    columns.map((column) => `<th>${textOf(column)}</th>`),
  );
  const hidden = values.length - rows.length;
  const rest = hidden > 0 ? `<p>${hidden.toLocaleString("en")} more rows</p>` : "";
  const table = `<table>${$isSeries ? "" : `<thead>${head}</thead>`}<tbody>${rows.join("")}</tbody></table>${rest}`;
  return { "text/html": table, "text/plain": String(value).trimEnd() };
}

const line = (first: string, cells: readonly string[]) => `<tr>${first}${cells.join("")}</tr>`;

/** Without digits that come of rounding, such as those of 0.30000000000000004. */
const textOf = (value: unknown) =>
  escapeHtml(
    String(typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value),
  );
