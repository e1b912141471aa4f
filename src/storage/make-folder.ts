import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { syncFolder } from "./store-file.ts";

/**
 * Creates a folder with its parents, and flushes them to disk so that a power cut cannot undo it.
 *
 * @param folder - may exist already.
 */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  // The name of a folder is stored in its parent.
  for (let created = resolve(folder); created.length >= resolve(first).length; created = dirname(created))
    syncFolder(dirname(created));
}
