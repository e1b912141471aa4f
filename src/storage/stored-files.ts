import { readdir, readFile } from "node:fs/promises";
import { systemFailure } from "./system-failure.ts";

/** How the name of a shipped analysis ends; those of records end in `.json` alone. */
export const analysisEnding = ".analysis.json";

/** Entries of a folder, sorted; none where there is no such folder. */
export async function entriesOf(folder: string | undefined): Promise<string[]> {
  if (folder === undefined) return [];
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/**
 * A file's text; undefined where there is no such file.
 *
 * @throws {FailureError} if the system refuses; names the file.
 */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return;
    throw systemFailure(error, file) ?? error;
  }
}
