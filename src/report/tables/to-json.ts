import type { TableModel } from "./table-model.ts";

/**
 * A table as JSON: the whole model, unrounded, with the runs behind each number.
 *
 * @param model - as `renderTable` makes it.
 * @returns text that ends in a line feed.
 * @example JSON.parse(toJson(renderTable(findTable("table-5"), records, { profile: "paper" }))).rows.length; // → 5
 */
export function toJson(model: TableModel): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}
