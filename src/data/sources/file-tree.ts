import type { Dirent } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";

/** Files to read a data set from, in a folder or in an archive: the readers need not know which. */
export interface FileTree {
  /** What the user called it; errors begin with it. */
  readonly source: string;
  /** Relative, `/`-separated, in ascending code-unit order (never the locale's, which would change class numbers). */
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
}

/** Whether a name leads to a folder, through links, too; one that leads nowhere counts as a file, which cannot be read. */
async function isFolder(entry: Dirent, place: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return (await stat(place).catch(() => undefined))?.isDirectory() ?? false;
}

/**
 * Paths of the files below a folder; hidden ones are left out.
 *
 * @param above - real paths of the folders that lead here: a link back to one of them would never end.
 */
async function filesBelow(folder: string, above: readonly string[]): Promise<string[]> {
  const real = await realpath(folder);
  if (above.includes(real)) return [];
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (await isFolder(entry, place)) found.push(...(await filesBelow(place, [...above, real])));
    else if ((entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith(".")) found.push(place);
  }
  return found;
}

/**
 * Every file below a folder, also where a link leads to a folder.
 *
 * Hidden files are left out: copying through macOS adds a `._0000.jpg` for each image.
 */
export async function readFolder(folder: string): Promise<FileTree> {
  const paths = (await filesBelow(folder, []))
    .map((file) => path.relative(folder, file).split(path.sep).join("/"))
    .sort();
  return { source: folder, paths, read: (relative) => readFile(path.join(folder, relative)) };
}
