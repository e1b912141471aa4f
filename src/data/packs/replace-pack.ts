import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { syncFolder } from "../../storage/store-file.ts";
import { systemFailure } from "../../storage/system-failure.ts";
import { unfinishedName } from "../../storage/unfinished-files.ts";

/** Where a pack waits until the new one has its name. */
const formerOf = (target: string) => path.join(path.dirname(target), `.${path.basename(target)}.former`);

/** Whether a folder could be renamed; not if it is absent. */
async function isMoved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Removes a former pack; where that is cut short, what is left of it can not come back. */
async function discard(former: string): Promise<void> {
  const doomed = unfinishedName(former.slice(0, -".former".length));
  await rename(former, doomed);
  await rm(doomed, { recursive: true, force: true });
}

/** Gives a pack its name in place of one that may be there, which stays if this fails. */
export async function replacePack(pack: string, target: string): Promise<void> {
  const former = formerOf(target);
  const isReplaced = await isMoved(target, former);
  try {
    await rename(pack, target);
  } catch (error) {
    if (isReplaced) await rename(former, target);
    throw error;
  }
  syncFolder(path.dirname(target));
  if (isReplaced) await discard(former);
}

/** Brings back the pack that a process was replacing when it was killed; if the new one was in place, the old one goes. */
export async function restorePack(target: string): Promise<void> {
  const former = formerOf(target);
  try {
    await isMoved(former, target);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw systemFailure(error, target) ?? error;
    await discard(former);
  }
}
