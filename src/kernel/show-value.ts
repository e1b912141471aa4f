import { inspect } from "node:util";
import type { MimeBundle } from "./mime-bundle.ts";
import { showFrame } from "./values/show-frame.ts";
import { showImage } from "./values/show-image.ts";
import { showTensor } from "./values/show-tensor.ts";

/** By which an object says itself what to show of it: a MIME bundle, or a promise of one. */
const display = Symbol.for("Jupyter.display");

/**
 * What to show of a value.
 *
 * @returns null for `undefined`, of which nothing is shown; a promise where an object makes its bundle asynchronously.
 */
export function showValue(value: unknown): MimeBundle | Promise<MimeBundle> | null {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) return { "text/plain": inspect(value) };
  const own: unknown = Reflect.get(value, display);
  if (typeof own === "function") return Reflect.apply(own, value, []);
  return showImage(value) ?? showTensor(value) ?? showFrame(value) ?? { "text/plain": inspect(value) };
}
