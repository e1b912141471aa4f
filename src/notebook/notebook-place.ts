import { randomUUID } from "node:crypto";
import type { MimeBundle } from "./mime-bundle.ts";
import { tslabWriter } from "./tslab-writer.ts";

/**
 * A place below the notebook's cell that runs, for what changes: the first call shows a bundle, each later one replaces it.
 *
 * @returns `undefined` where no cell runs.
 * @example notebookPlace()?.({ "text/plain": "epoch 1" });
 */
export function notebookPlace(): ((bundle: MimeBundle) => void) | undefined {
  const show = kernelWriter() ?? tslabPlace();
  if (show === undefined) return undefined;
  const id = randomUUID();
  let isShown = false;
  return (bundle) => {
    show(bundle, id, isShown);
    isShown = true;
  };
}

type Show = (bundle: MimeBundle, id: string, isUpdate: boolean) => void;

/** By the global `display` of our own kernel. */
function kernelWriter(): Show | undefined {
  const display: unknown = Reflect.get(globalThis, "display");
  if (typeof display !== "function") return undefined;
  return (bundle, id, update) => display({ [Symbol.for("Jupyter.display")]: () => bundle }, { id, update });
}

/** By what tslab hands to the cell. */
function tslabPlace(): Show | undefined {
  const write = tslabWriter();
  return (
    write && ((data, id, isUpdate) => write({ data, metadata: {}, transient: { display_id: id } }, isUpdate))
  );
}
