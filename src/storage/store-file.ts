import { closeSync, fsyncSync, openSync, realpathSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { systemFailure } from "./system-failure.ts";
import { removeOrphans, unfinishedName } from "./unfinished-files.ts";

/** Error codes of systems that need not or cannot sync folders. */
const noFolderSync = ["EINVAL", "EPERM", "EISDIR", "EACCES", "ENOTSUP"];

/** Flushes a folder's entries to disk; otherwise a power cut may undo a creation, a deletion or a renaming. */
export function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, "r");
    fsyncSync(descriptor);
  } catch (error) {
    if (!noFolderSync.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Flushes a file's content to disk, for example after an append. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The real path of a file, with symbolic links resolved. */
function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/**
 * Writes a file atomically, so that a killed process, a full disk or a power cut never leaves it half-written.
 *
 * The steps are a temporary file in the same folder, fsync of that file, rename, and fsync of the folder.
 *
 * @param file - its folder must exist; temporary copies of it that killed processes left there are removed.
 * @throws {FailureError} if the system refuses; the file is then unchanged.
 * @example await storeFile("runs/a967b48924c68fa2/record.json", text);
 */
export async function storeFile(file: string, content: string | Uint8Array): Promise<void> {
  const target = realPathOf(file);
  const unfinished = unfinishedName(target);
  try {
    removeOrphans(target);
    try {
      const handle = await open(unfinished, "wx");
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(unfinished, target);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    syncFolder(dirname(target));
  } catch (error) {
    throw systemFailure(error, file) ?? error;
  }
}
