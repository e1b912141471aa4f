import { createRequire } from "node:module";
import type { Displayable, MimeBundle } from "./display.ts";
import { bundleOf } from "./display.ts";

const require = createRequire(import.meta.url);

/** How tslab, the kernel, sends something to the notebook; `undefined` where this process is not one. */
function tslabWriter():
  | ((message: { data: MimeBundle; metadata: object; transient: object }) => void)
  | undefined {
  let path: string;
  try {
    path = require.resolve("tslab/dist/jupyter.js");
  } catch {
    return undefined;
  }
  return require.cache[path]?.exports.lastWriteDisplayData ?? undefined;
}

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
