import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ProcessIdentity, processName, processNamed, statusOf, thisProcess } from "./processes.ts";
import { systemFailure } from "./system-failure.ts";

/** Options for waiting on a lock. */
export interface LockOptions {
  /** Called once if another process holds the lock, with a clause that names the process. */
  readonly onWait?: ((owner: string) => void) | undefined;
  /** Stops the waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** Bounds of the pause between two attempts, in milliseconds; random, so that two processes do not stay in step. */
const [minPause, maxPause] = [50, 250];

/** A lock file and the process that created it. */
interface Lock {
  readonly file: string;
  readonly owner: ProcessIdentity;
}

const lockFileName = (what: string) =>
  `${basename(what)}.${processName(thisProcess())}-${randomBytes(6).toString("hex")}.lock`;

/** The process that created a lock file for `what`; undefined for any other file. */
function ownerOf(what: string, file: string): ProcessIdentity | undefined {
  if (!file.startsWith(`${basename(what)}.`)) return;
  const [, owner] = /^(.+)-\w+\.lock$/.exec(file.slice(basename(what).length + 1)) ?? [];
  return owner === undefined ? undefined : processNamed(owner);
}

/**
 * Finds a valid lock other than `own`, and removes those of dead processes.
 *
 * The removal is safe because no two locks have the same file name.
 */
function otherLock(what: string, own: string | null): Lock | null {
  for (const name of readdirSync(dirname(what))) {
    const owner = ownerOf(what, name);
    if (owner === undefined || name === own) continue;
    const file = join(dirname(what), name);
    if (statusOf(owner) !== "gone") return { file, owner };
    rmSync(file, { force: true });
  }
  return null;
}

function describe({ file, owner }: Lock): string {
  if (statusOf(owner) !== "unknown") return `process ${owner.pid}`;
  return `process ${owner.pid} on ${owner.host}, which is not visible from here; if that process is gone, delete ${file}`;
}

/**
 * Creates a lock file, and keeps it only if no other exists.
 *
 * Processes that try at the same time see each other's files, and all withdraw.
 */
function tryLock(what: string): string | null {
  const own = lockFileName(what);
  const file = join(dirname(what), own);
  closeSync(openSync(file, "wx"));
  try {
    if (otherLock(what, own) === null) return file;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  rmSync(file, { force: true });
  return null;
}

/**
 * Waits for the exclusive right to create something, such as a run or a file.
 *
 * A lock is an empty file next to the thing it protects, and its name identifies the process that owns it. The lock of a
 * killed process is void, even if its PID was reused or the machine has rebooted.
 *
 * @param what - path of the thing to create; it need not exist, and its folder is created.
 * @returns a function that releases the lock.
 * @throws the signal's reason if the signal is aborted.
 * @throws {FailureError} if the lock file cannot be created in the folder.
 * @example const release = await lock("runs/a967b48924c68fa2");
 */
export async function lock(what: string, { onWait, signal }: LockOptions = {}): Promise<() => void> {
  let isReported = false;
  try {
    mkdirSync(dirname(what), { recursive: true });
    for (;;) {
      signal?.throwIfAborted();
      const other = otherLock(what, null);
      if (other !== null && !isReported) {
        isReported = true;
        onWait?.(describe(other));
      }
      const own = other === null ? tryLock(what) : null;
      if (own !== null) return () => rmSync(own, { force: true });
      await pause(minPause + Math.random() * (maxPause - minPause));
    }
  } catch (error) {
    throw systemFailure(error, what) ?? error;
  }
}

/**
 * Runs a function while holding a lock.
 *
 * @param what - as for `lock`.
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
