import { randomUUID } from "node:crypto";
import type { MimeBundle } from "../../mime-bundle.ts";
import type { CellContext } from "../language-engine.ts";
import { showValue } from "../show-value.ts";

/**
 * The `display` of cells.
 *
 * @param cell - finds the cell in which something is shown, or from which it is shown anew.
 */
export const displaying =
  (cell: () => CellContext) =>
  (value: unknown, options: { readonly id?: string; readonly update?: boolean } = {}) => {
    const { id = randomUUID(), update: isUpdate = false } = options;
    const update = (next: unknown) => show(next, (bundle) => cell().updateDisplay(bundle, id));
    if (isUpdate) update(value);
    else show(value, (bundle) => cell().display(bundle, id));
    return { id, update };
  };

/** Shows a value, of a promise what it brings. */
function show(value: unknown, send: (bundle: MimeBundle) => void): void {
  if (value instanceof Promise) {
    void value.then((brought) => show(brought, send));
    return;
  }
  const bundle = showValue(value) ?? { "text/plain": "undefined" };
  if (bundle instanceof Promise) void bundle.then(send);
  else send(bundle);
}
