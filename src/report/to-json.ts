import type { TableModel } from "./table-model.ts";

/**
 * A table as JSON: the whole model, unrounded, with the runs behind each number.
 *
 * @param model - as `renderTable` makes it.
 */
export function toJson(model: TableModel): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}
