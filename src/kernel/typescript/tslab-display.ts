import { createRequire } from "node:module";
import { join } from "node:path";
import type { MimeBundle } from "../../notebook/mime-bundle.ts";
import type { CellContext } from "../language-engine.ts";

/** What tslab's own `display` hands to a kernel. */
interface TslabDisplay {
  readonly data: MimeBundle;
  readonly transient: { readonly display_id?: string };
}

/**
 * Lets the `display` of the package `tslab` show things here, in notebooks that were written for it.
 *
 * @param folder - of the notebook, which has loaded the package.
 * @param cell - finds the cell in which something is shown.
 */
export function connectTslab(folder: string, cell: () => CellContext): void {
  const kernelSide = createRequire(join(folder, "notebook.ts"))("tslab/dist/jupyter.js");
  kernelSide.lastWriteDisplayData = ({ data, transient }: TslabDisplay, isUpdate = false) => {
    const { display_id: id } = transient;
    if (isUpdate && id !== undefined) cell().updateDisplay(data, id);
    else cell().display(data, id);
  };
}
