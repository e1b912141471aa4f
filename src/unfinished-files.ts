import { readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { isRunning } from "./processes.ts";

let written = 0;

/** A name for a file while this process writes it; a new one each time, and none that another machine would give. */
export const unfinishedName = (file: string): string =>
  `${file}.${hostname()}.${process.pid}.${written++}.unfinished`;

/** Removes what killed processes of this machine have left of a file. */
export function removeOrphans(file: string): void {
  const beginning = `${basename(file)}.${hostname()}.`;
  for (const name of readdirSync(dirname(file))) {
    const [, pid] = /^(\d+)\.\d+\.unfinished$/.exec(name.slice(beginning.length)) ?? [];
    if (name.startsWith(beginning) && pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(dirname(file), name), { force: true });
  }
}
