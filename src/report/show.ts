import { tslabWriter } from "../notebook/tslab-writer.ts";
import { bundleOf, type Displayable } from "./display.ts";

/**
 * Shows a table or figure in a notebook.
 *
 * tslab prints what a cell ends in as text and shows only what it is handed; other kernels show what a cell ends in.
 *
 * @returns nothing under tslab, which has shown it; else the object itself, to end the cell in.
 * @example show(displayTable(model));
 */
export function show(displayable: Displayable): Displayable | undefined {
  const write = tslabWriter();
  if (write === undefined) return displayable;
  write({ data: bundleOf(displayable), metadata: {}, transient: {} });
  return undefined;
}
