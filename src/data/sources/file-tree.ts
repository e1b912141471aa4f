import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Files to read a data set from, in a folder or in an archive: the readers need not know which. */
export interface FileTree {
  /** What the user called it; errors begin with it. */
  readonly source: string;
  /** Relative, `/`-separated, in ascending code-unit order (never the locale's, which would change class numbers). */
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
}

/** Every file below a folder. Hidden files are left out: copying through macOS adds a `._0000.jpg` for each image. */
export async function readFolder(folder: string): Promise<FileTree> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((relative) => relative.split(path.sep).join("/"))
    .sort();
  return { source: folder, paths, read: (relative) => readFile(path.join(folder, relative)) };
}
