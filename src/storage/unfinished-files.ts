import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fateOf, processName, processNamed, thisProcess } from "./processes.ts";

/** What nobody has written to for so long is nobody's, wherever its process was; in milliseconds. */
const day = 24 * 60 * 60 * 1000;

/** A name for a file or folder while this process writes it; no other process and no other call gives the same. */
export const unfinishedName = (file: string): string =>
  `${file}.${processName(thisProcess())}.${randomBytes(6).toString("hex")}.unfinished`;

/** Whether nobody goes on writing it; a process that cannot be seen is given a day. */
function isOrphan(writer: string, lastWritten: number): boolean {
  const identity = processNamed(writer);
  const fate = identity ? fateOf(identity) : "unknown";
  return fate === "gone" || (fate === "unknown" && Date.now() - lastWritten > day);
}

/** The names in a folder; none where it cannot be read, which need not mean that it cannot be written. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Removes what killed processes have left of a file or folder, as far as it can.
 *
 * Other users' folders stay: while one is emptied its owner might put a link to somewhere else in its place.
 */
export function removeOrphans(file: string): void {
  const beginning = `${basename(file)}.`;
  for (const name of namesIn(dirname(file))) {
    if (!name.startsWith(beginning)) continue;
    const [, writer] = /^(.+)\.\w+\.unfinished$/.exec(name.slice(beginning.length)) ?? [];
    if (writer === undefined) continue;
    const unfinished = join(dirname(file), name);
    try {
      const status = lstatSync(unfinished);
      const isRemovable = !status.isDirectory() || status.uid === process.getuid?.();
      if (isRemovable && isOrphan(writer, status.mtimeMs)) rmSync(unfinished, { recursive: true });
    } catch {
      // Another process was faster, or the system refuses; neither is in this one's way.
    }
  }
}
