import { stat } from "node:fs/promises";
import { FailureError } from "../../errors.ts";
import { readArchive } from "./archive-tree.ts";
import { type FileTree, readFolder } from "./file-tree.ts";

/**
 * Opens what `--from` names: a folder, or an archive.
 *
 * @throws {FailureError} if there is nothing, or the archive is damaged or unsafe.
 * @throws the signal's reason, when it was aborted.
 */
export async function openTree(source: string, signal?: AbortSignal): Promise<FileTree> {
  const found = await stat(source).catch(() => undefined);
  if (found?.isDirectory()) return readFolder(source);
  if (found?.isFile()) return readArchive(source, undefined, signal);
  throw new FailureError({
    rule: "--from must name a folder, or a .tar, .tar.gz or .tar.xz",
    got: `${source}, ${found ? "which is neither" : "which does not exist"}`,
    remedy: "check the path",
  });
}
