import type { MimeBundle } from "../../notebook/mime-bundle.ts";
import { escapeHtml } from "../escape-html.ts";

/** Rows of a table beyond these are counted, not shown. */
const rowLimit = 60;

/**
 * What is needed of danfo.js's data frames and series, which the kernel must not load.
 *
 * A frame has its columns as properties, too, and one that is named `values` hides what danfo.js has under that name: only
 * names with `$` are safe.
 */
export interface Frame {
  readonly $isSeries: boolean;
  readonly $columns: readonly string[];
  readonly $index: readonly (string | number)[];
  readonly $data: readonly unknown[];
}

export const isFrame = (value: object): value is Frame =>
  "$isSeries" in value &&
  "$columns" in value &&
  Array.isArray(value.$columns) &&
  "$index" in value &&
  Array.isArray(value.$index) &&
  "$data" in value &&
  Array.isArray(value.$data);

/** A frame inside of something else. */
export const shortFrame = ({ $isSeries, $columns, $index }: Frame): string =>
  $isSeries
    ? `Series [${rowsOf($index)}]`
    : `DataFrame [${rowsOf($index)} × ${$columns.length} columns: ${$columns.slice(0, 6).join(", ")}${$columns.length > 6 ? ", …" : ""}]`;

const rowsOf = ({ length }: Frame["$index"]) =>
  `${length.toLocaleString("en")} ${length === 1 ? "row" : "rows"}`;

/** A data frame or series as an HTML table, and as the text that it makes of itself. */
export function showFrame(value: object): MimeBundle | undefined {
  if (!isFrame(value)) return undefined;
  const { $isSeries, $columns, $index, $data } = value;
  const rows = $data.slice(0, rowLimit).map((row, position) => {
    const cells = Array.isArray(row) ? row : [row];
    return line(
      `<th>${textOf($index[position])}</th>`,
      cells.map((cell) => `<td>${textOf(cell)}</td>`),
    );
  });
  const head = line(
    "<th></th>",
    $columns.map((column) => `<th>${textOf(column)}</th>`),
  );
  const hidden = $data.length - rows.length;
  const rest = hidden > 0 ? `<p>${hidden.toLocaleString("en")} more rows</p>` : "";
  const table = `<table>${$isSeries ? "" : `<thead>${head}</thead>`}<tbody>${rows.join("")}</tbody></table>${rest}`;
  return { "text/html": table, "text/plain": String(unshadowed(value)).trimEnd() };
}

/** The frame with columns that hide nothing of danfo.js: a blank behind a name makes it another. */
function unshadowed(frame: Frame): object {
  const prototype: object = Object.getPrototypeOf(frame);
  if (frame.$isSeries || !frame.$columns.some((name) => name in prototype)) return frame;
  const own = Object.entries(Object.getOwnPropertyDescriptors(frame)).filter(([name]) =>
    name.startsWith("$"),
  );
  const copy = Object.create(prototype, Object.fromEntries(own));
  const $columns = frame.$columns.map((name) => (name in prototype ? `${name} ` : name));
  return Object.defineProperty(copy, "$columns", { value: $columns });
}

const line = (first: string, cells: readonly string[]) => `<tr>${first}${cells.join("")}</tr>`;

/** Without digits that come of rounding, such as those of 0.30000000000000004. */
const textOf = (value: unknown) =>
  escapeHtml(
    String(typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value),
  );
