import { inspect } from "node:util";
import { UsageError } from "../errors.ts";
import type { MimeBundle } from "../notebook/mime-bundle.ts";
import { isDisplayed } from "./displayed.ts";
import { teachShortForms } from "./values/short-forms.ts";
import { showFrame } from "./values/show-frame.ts";
import { showImage } from "./values/show-image.ts";
import { showTensor } from "./values/show-tensor.ts";

/** By which an object says itself what to show of it: a MIME bundle, or a promise of one. */
export const displaySymbol = Symbol.for("Jupyter.display");

/**
 * What to show of a value.
 *
 * @returns null for `undefined` and what is shown already, of which nothing is shown; a promise where an object makes its bundle asynchronously.
 * @throws {UsageError} if what an object says is no bundle; the promise rejects with it.
 */
export function showValue(value: unknown): MimeBundle | Promise<MimeBundle> | null {
  if (value === undefined) return null;
  if (isDisplayed(value)) return null;
  if (typeof value !== "object" || value === null) return { "text/plain": inspect(value) };
  const own: unknown = Reflect.get(value, displaySymbol);
  if (typeof own === "function") {
    const bundle: unknown = Reflect.apply(own, value, []);
    return bundle instanceof Promise ? bundle.then(checkedBundle) : checkedBundle(bundle);
  }
  return showImage(value) ?? showTensor(value) ?? showFrame(value) ?? { "text/plain": showPlain(value) };
}

/** A value as text. */
export function showPlain(value: unknown): string {
  teachShortForms(value);
  return inspect(value);
}

/** Front ends fail on anything else, and say nothing. */
function checkedBundle(bundle: unknown): MimeBundle {
  if (typeof bundle === "object" && bundle !== null && !Array.isArray(bundle)) return bundle as MimeBundle;
  throw new UsageError({
    rule: 'what an object shows of itself, by Symbol.for("Jupyter.display"), is content by MIME type',
    got: inspect(bundle),
    remedy: 'return an object such as { "text/plain": "…" }',
  });
}
