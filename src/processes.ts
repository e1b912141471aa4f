import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told apart from all that had or will have its number. */
export interface ProcessIdentity {
  readonly host: string;
  /** Start of the machine, and the namespace in which the number counts: containers of one machine have their own. */
  readonly system: string;
  readonly space: string;
  readonly pid: number;
  /** Clock ticks from the machine's start to the process's; 0 where the system does not tell. */
  readonly started: string;
}

function read<Text>(from: () => Text, otherwise: Text): Text {
  try {
    return from();
  } catch {
    return otherwise;
  }
}

/** State and start of a process as /proc tells them; its name, which comes before, may hold spaces and parentheses. */
function statusOf(pid: number): { readonly state: string; readonly started: string } | undefined {
  const text = read(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields[0], fields[19]];
  return state && started ? { state, started } : undefined;
}

/** This process. */
export const thisProcess = (): ProcessIdentity => ({
  host: hostname(),
  system: read(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8), "0"),
  space: read(() => /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0", "0"),
  pid: process.pid,
  started: statusOf(process.pid)?.started ?? "0",
});

/** Whether a process of this machine has that number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs under another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Whether a process is known to be gone: its machine was started anew, nothing has its number, or something that began later has.
 *
 * What runs on another machine or in another container cannot be seen and counts as running.
 */
export function isGone(other: ProcessIdentity): boolean {
  const own = thisProcess();
  if (other.host !== own.host) return false;
  if (other.system !== own.system) return true;
  if (other.space !== own.space) return false;
  if (!isRunning(other.pid)) return true;
  const status = statusOf(other.pid);
  // A zombie, whose parent has not asked how it ended, does nothing any more.
  return status !== undefined && (status.started !== other.started || "ZX".includes(status.state));
}
