import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { Completions } from "../../language-engine.ts";

/**
 * Files and folders whose names begin as typed.
 *
 * @param typed - the text from its quote to the cursor.
 * @param folder - of the notebook.
 * @param offset - of the cursor.
 */
export function fileCompletions(typed: string, folder: string, offset: number): Completions {
  const [before = "", begun = ""] = /^(.*\/)?([^/]*)$/s.exec(typed)?.slice(1) ?? [];
  const names = entriesOf(resolve(folder, before.replace(/^~(?=\/)/, homedir())))
    .filter(({ name }) => name.startsWith(begun) && (begun !== "" || !name.startsWith(".")))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted();
  return {
    names,
    kinds: names.map((name) => (name.endsWith("/") ? "directory" : "file")),
    start: offset - begun.length,
    end: offset,
  };
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
