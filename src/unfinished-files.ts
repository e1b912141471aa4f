import { randomBytes } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fateOf, processName, processNamed, thisProcess } from "./processes.ts";

/** What nobody has written to for so long is nobody's, wherever its process was; in milliseconds. */
const day = 24 * 60 * 60 * 1000;

/** A name for a file or folder while this process writes it; no other process and no other call gives the same. */
export const unfinishedName = (file: string): string =>
  `${file}.${processName(thisProcess())}.${randomBytes(6).toString("hex")}.unfinished`;

/** Whether nobody goes on writing it; a process that cannot be seen is given a day. */
function isOrphan(unfinished: string, writer: string): boolean {
  const identity = processNamed(writer);
  const fate = identity ? fateOf(identity) : "unknown";
  if (fate !== "unknown") return fate === "gone";
  const written = statSync(unfinished, { throwIfNoEntry: false })?.mtimeMs;
  return written !== undefined && Date.now() - written > day;
}

/** Removes what killed processes have left of a file or folder, as far as it can: another user's may stay. */
export function removeOrphans(file: string): void {
  const beginning = `${basename(file)}.`;
  for (const name of readdirSync(dirname(file))) {
    if (!name.startsWith(beginning)) continue;
    const [, writer] = /^(.+)\.\w+\.unfinished$/.exec(name.slice(beginning.length)) ?? [];
    const unfinished = join(dirname(file), name);
    if (writer === undefined || !isOrphan(unfinished, writer)) continue;
    try {
      rmSync(unfinished, { recursive: true, force: true });
    } catch {}
  }
}
