import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fateOf, type ProcessIdentity, processName, processNamed, thisProcess } from "./processes.ts";
import { systemFailure } from "./system-failure.ts";

/** How a lock is waited for. */
export interface LockOptions {
  /** Told once, if another process has it: which, as a clause. */
  readonly onWait?: ((owner: string) => void) | undefined;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** Bounds of the pause between two looks, in milliseconds; random, so that two that began together do not go on so. */
const [shortestPause, longestPause] = [50, 250];

const claimName = (what: string) =>
  `${basename(what)}.${processName(thisProcess())}-${randomBytes(6).toString("hex")}.lock`;

/** Who has made a claim, or undefined where a file is none on this. */
function claimantOf(what: string, file: string): ProcessIdentity | undefined {
  if (!file.startsWith(`${basename(what)}.`)) return;
  const [, claimant] = /^(.+)-\w+\.lock$/.exec(file.slice(basename(what).length + 1)) ?? [];
  return claimant === undefined ? undefined : processNamed(claimant);
}

/** Another's claim that stands; those of processes that are gone are removed, which nobody can mind, since no name comes twice. */
function rivalOf(
  what: string,
  own: string | null,
): { readonly claim: string; readonly by: ProcessIdentity } | null {
  for (const file of readdirSync(dirname(what))) {
    const by = claimantOf(what, file);
    if (by === undefined || file === own) continue;
    if (fateOf(by) !== "gone") return { claim: join(dirname(what), file), by };
    rmSync(join(dirname(what), file), { force: true });
  }
  return null;
}

function describe({ claim, by }: { claim: string; by: ProcessIdentity }): string {
  if (fateOf(by) !== "unknown") return `process ${by.pid}`;
  return `process ${by.pid} of ${by.host}, which cannot be seen from here; if it is gone, delete ${claim}`;
}

/** Puts a claim there and looks whether it is the only one; of several that come at once each sees the others and withdraws. */
function claim(what: string): string | null {
  const own = claimName(what);
  const file = join(dirname(what), own);
  closeSync(openSync(file, "wx"));
  try {
    if (rivalOf(what, own) === null) return file;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  rmSync(file, { force: true });
  return null;
}

/**
 * Waits until this process alone may make something, such as a run or a file.
 *
 * A claim is an empty file beside it whose name says which process made it; one of a process that was killed counts no longer,
 * also where its number has come to another one or the machine has been started anew.
 *
 * @param what - path of what is to be made; it need not exist, and its folder is made.
 * @returns lets go.
 * @throws the signal's reason, when it was aborted.
 * @throws {FailureError} if the folder does not take a claim.
 * @example const release = await lock("runs/a967b48924c68fa2");
 */
export async function lock(what: string, { onWait, signal }: LockOptions = {}): Promise<() => void> {
  let told = false;
  try {
    mkdirSync(dirname(what), { recursive: true });
    for (;;) {
      signal?.throwIfAborted();
      const rival = rivalOf(what, null);
      if (rival !== null && !told) {
        told = true;
        onWait?.(describe(rival));
      }
      const own = rival === null ? claim(what) : null;
      if (own !== null) return () => rmSync(own, { force: true });
      await pause(shortestPause + Math.random() * (longestPause - shortestPause));
    }
  } catch (error) {
    throw systemFailure(error, what) ?? error;
  }
}

/**
 * Does work that one process at a time may do.
 *
 * @param what - as `lock` takes it.
 * @example await whileLocked("data/glyphs-10", {}, () => packDataset(glyphs, "data"));
 */
export async function whileLocked<Result>(
  what: string,
  options: LockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const release = await lock(what, options);
  try {
    return await work();
  } finally {
    release();
  }
}
