import { stat } from "node:fs/promises";
import { FailureError } from "../../errors.ts";
import { readArchive } from "./archive-tree.ts";
import { type FileTree, readFolder } from "./file-tree.ts";

/**
 * Opens the folder or archive given by `--from`.
 *
 * @throws {FailureError} if it does not exist, or is a damaged or unsafe archive.
 * @throws the signal's reason if the signal is aborted.
 */
export async function openTree(source: string, signal?: AbortSignal): Promise<FileTree> {
  const found = await stat(source).catch(() => undefined);
  if (found?.isDirectory()) return readFolder(source);
  if (found?.isFile()) return readArchive(source, undefined, signal);
  throw new FailureError({
    code: "SOURCE_NOT_FOUND",
    problem: found ? `${source} is neither a folder nor a file` : `${source} does not exist`,
    fix: "point --from at a folder, or at a .tar, .tar.gz or .tar.xz",
  });
}
