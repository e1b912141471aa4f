import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** What a file is called while this process writes it. */
export const unfinishedName = (file: string): string => `${file}.${process.pid}.unfinished`;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Removes what processes that were killed have left of a file. */
export function removeOrphans(file: string): void {
  for (const name of readdirSync(dirname(file))) {
    const [, pid] = name.startsWith(`${basename(file)}.`) ? (/\.(\d+)\.unfinished$/.exec(name) ?? []) : [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dirname(file), name), { force: true });
  }
}
