import { closeSync, fsyncSync, openSync, realpathSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { systemFailure } from "./system-failure.ts";
import { removeOrphans, unfinishedName } from "./unfinished-files.ts";

/** What a system answers that does not sync folders, because it need not or cannot. */
const cannotSync = ["EINVAL", "EPERM", "EISDIR", "EACCES", "ENOTSUP"];

/** Waits until the names in a folder are on the disk: without it a power cut may take back a new name, or bring back an old one. */
export function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, "r");
    fsyncSync(descriptor);
  } catch (error) {
    if (!cannotSync.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Waits until a file's content is on the disk, such as what was appended to it. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Where a file is kept that may be known by a link. */
function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/**
 * Writes a file whole or not at all, whenever the process is killed, the disk full or the power cut.
 *
 * In the order that makes this so: a temporary file beside it, fsync of that, rename, fsync of the folder.
 *
 * @param file - its folder must exist; what killed processes have left there of this file is removed.
 * @throws {FailureError} if the system refuses; the file is then as it was.
 * @example await storeFile("runs/a967b48924c68fa2/record.json", text);
 */
export async function storeFile(file: string, content: string | Uint8Array): Promise<void> {
  const target = placeOf(file);
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
