import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { processName, processNamed, statusOf, thisProcess } from "./processes.ts";

/** Age after which a file of an unknown process counts as abandoned, in milliseconds. */
const maxAge = 24 * 60 * 60 * 1000;

/** Temporary name of a file or folder while this process writes it; unique to this process and call. */
export const unfinishedName = (file: string): string =>
  `${file}.${processName(thisProcess())}.${randomBytes(6).toString("hex")}.unfinished`;

/** Whether a file's writer is gone; a writer of unknown status counts as gone after a day without a write. */
function isOrphan(writer: string, lastWritten: number): boolean {
  const identity = processNamed(writer);
  const status = identity ? statusOf(identity) : "unknown";
  return status === "gone" || (status === "unknown" && Date.now() - lastWritten > maxAge);
}

/** The names in a folder; empty if it cannot be read, since it may be writable nevertheless. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Removes temporary copies of a file or folder that killed processes left behind, where the system permits it.
 *
 * Folders of other users are kept, because their owner could replace one by a link to another place during the removal.
 */
export function removeOrphans(file: string): void {
  const prefix = `${basename(file)}.`;
  for (const name of namesIn(dirname(file))) {
    if (!name.startsWith(prefix)) continue;
    const [, writer] = /^(.+)\.\w+\.unfinished$/.exec(name.slice(prefix.length)) ?? [];
    if (writer === undefined) continue;
    const unfinished = join(dirname(file), name);
    try {
      const stat = lstatSync(unfinished);
      const isRemovable = !stat.isDirectory() || stat.uid === process.getuid?.();
      if (isRemovable && isOrphan(writer, stat.mtimeMs)) rmSync(unfinished, { recursive: true });
    } catch {
      // Another process removed it first, or the system refuses. Neither prevents the write.
    }
  }
}
