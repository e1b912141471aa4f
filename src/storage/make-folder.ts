import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { syncFolder } from "./store-file.ts";

/**
 * Makes a folder and those that it lies in, so that a power cut does not take them back with all that was stored in them.
 *
 * @param folder - may be there already.
 */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  // A folder's name stands in the one above.
  for (let made = resolve(folder); made.length >= resolve(first).length; made = dirname(made))
    syncFolder(dirname(made));
}
