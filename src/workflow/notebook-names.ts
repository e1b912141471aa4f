import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";

/**
 * The notebooks of tables and figures, without extension.
 *
 * @param only - tables and figures to keep; all where undefined.
 * @returns sorted names; none where the folder does not exist.
 */
export async function notebookNames(folder: string, only?: readonly string[]): Promise<string[]> {
  const files = existsSync(folder) ? await readdir(folder) : [];
  return files
    .filter((file) => file.endsWith(".ipynb"))
    .map((file) => path.basename(file, ".ipynb"))
    .filter((name) => only === undefined || only.includes(name))
    .sort();
}
