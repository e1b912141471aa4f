import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { syncFolder } from "../../storage/store-file.ts";
import { systemFailure } from "../../storage/system-failure.ts";
import { unfinishedName } from "../../storage/unfinished-files.ts";

/** Where the previous pack is kept until the new one is in place. */
const previousOf = (target: string) => path.join(path.dirname(target), `.${path.basename(target)}.former`);

/** Renames a folder; returns false if it does not exist. */
async function tryRename(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Removes the previous pack; its new name prevents `restorePack` from restoring it after an interruption. */
async function discard(previous: string): Promise<void> {
  const trash = unfinishedName(previous.slice(0, -".former".length));
  await rename(previous, trash);
  await rm(trash, { recursive: true, force: true });
}

/** Moves a pack into place; if this fails, an existing pack is kept. */
export async function replacePack(pack: string, target: string): Promise<void> {
  const previous = previousOf(target);
  const isReplaced = await tryRename(target, previous);
  try {
    await rename(pack, target);
  } catch (error) {
    if (isReplaced) await rename(previous, target);
    throw error;
  }
  syncFolder(path.dirname(target));
  if (isReplaced) await discard(previous);
}

/** Restores the pack that a killed process was replacing, or removes it if the new pack is in place. */
export async function restorePack(target: string): Promise<void> {
  const previous = previousOf(target);
  try {
    await tryRename(previous, target);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw systemFailure(error, target) ?? error;
    await discard(previous);
  }
}
