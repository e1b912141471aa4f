import { randomUUID } from "node:crypto";
import type { MimeBundle } from "../../notebook/mime-bundle.ts";
import { Displayed } from "../displayed.ts";
import type { CellContext } from "../language-engine.ts";
import { showValue } from "../show-value.ts";
import { formats } from "./rich-output.ts";

/** How `display` is asked to show something. */
interface DisplayOptions {
  readonly id?: string;
  readonly update?: boolean;
}

/**
 * The `display` of cells, with a method for each format.
 *
 * @param cell - finds the cell in which something is shown, or from which it is shown in place of something else.
 */
export function displaying(cell: () => CellContext) {
  const display = (value: unknown, options: DisplayOptions = {}): Displayed => {
    const { id = randomUUID(), update: isUpdate = false } = options;
    const update = (next: unknown) => show(next, (bundle) => cell().updateDisplay(bundle, id));
    if (isUpdate) update(value);
    else show(value, (bundle) => cell().display(bundle, id));
    return new Displayed(id, update);
  };
  const methods = Object.entries(formats).map(([name, format]) => [
    name,
    (content: unknown, options?: DisplayOptions) => display(format(content), options),
  ]);
  return Object.assign(display, Object.fromEntries(methods));
}

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
