import type { Dirent } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";

/** The files of a data set, in a folder or an archive. */
export interface FileTree {
  /** Path given by the user, for errors. */
  readonly source: string;
  /** Relative, separated by `/`, in code-unit order; the locale's order could change class numbers. */
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
}

/** Whether an entry is a folder or a link to one; a broken link counts as an unreadable file. */
async function isFolder(entry: Dirent, location: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return (await stat(location).catch(() => undefined))?.isDirectory() ?? false;
}

/**
 * Lists the files in a folder and its subfolders, except hidden ones.
 *
 * @param parents - real paths of the parent folders, for stopping at links back to them.
 */
async function filesBelow(folder: string, parents: readonly string[]): Promise<string[]> {
  const real = await realpath(folder);
  if (parents.includes(real)) return [];
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const location = path.join(folder, entry.name);
    if (await isFolder(entry, location)) found.push(...(await filesBelow(location, [...parents, real])));
    else if ((entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith(".")) found.push(location);
  }
  return found;
}

/**
 * Lists the files in a folder and its subfolders, following links.
 *
 * Ignores hidden files, because copying through macOS adds a `._0000.jpg` per image.
 */
export async function readFolder(folder: string): Promise<FileTree> {
  const paths = (await filesBelow(folder, []))
    .map((file) => path.relative(folder, file).split(path.sep).join("/"))
    .sort();
  return { source: folder, paths, read: (relative) => readFile(path.join(folder, relative)) };
}
