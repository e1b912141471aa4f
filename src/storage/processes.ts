import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told apart from all that had or will have its number. */
export interface ProcessIdentity {
  readonly host: string;
  /** The machine among all of that host name; 0 where nothing tells, as in a container, whose image may be in use elsewhere. */
  readonly machine: string;
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

const unknown = "0";

/** The namespace of a machine's own processes, which Linux numbers so; every container has another one. */
const outsideContainers = "4026531836";

/** A hash of the machine's id: the id itself is nobody else's business, says machine-id(5). */
function machineIn(space: string): string {
  if (space !== outsideContainers) return unknown;
  const id = read(() => readFileSync("/etc/machine-id", "utf8").trim(), "");
  if (!/^[0-9a-f]{32}$/.test(id)) return unknown;
  return createHash("sha256").update(`h2t-kit ${id}`).digest("hex").slice(0, 8);
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  const space = read(() => /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? unknown, unknown);
  return {
    host: hostname(),
    machine: machineIn(space),
    system: read(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8), unknown),
    space,
    pid: process.pid,
    started: statusOf(process.pid)?.started ?? unknown,
  };
}

/** A process as part of a file's name. */
export const processName = ({ host, machine, system, space, pid, started }: ProcessIdentity): string =>
  `${host}.${machine}.${system}-${space}-${pid}-${started}`;

/** The process that `processName` has named so; names of earlier versions lack the machine. */
export function processNamed(name: string): ProcessIdentity | undefined {
  const pattern =
    /^(?<host>.+?)(?:\.(?<machine>[0-9a-f]{8}|0))?\.(?<system>\w+)-(?<space>\d+)-(?<pid>\d+)-(?<started>\d+)$/;
  const { host, machine = unknown, system, space, pid, started } = pattern.exec(name)?.groups ?? {};
  if (!host || !system || !space || !pid || !started) return;
  return { host, machine, system, space, pid: Number(pid), started };
}

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
 * What has become of a process; it is gone when its machine was started anew, nothing has its number, or something that began later has.
 *
 * What runs on another machine or in another container cannot be seen: its fate is unknown. So is that of a process from before
 * the last start of a machine without an id, which may be another machine of that host name.
 */
export function fateOf(other: ProcessIdentity, own = thisProcess()): "running" | "gone" | "unknown" {
  if (other.host !== own.host) return "unknown";
  if (other.system !== own.system)
    return own.machine !== unknown && other.machine === own.machine ? "gone" : "unknown";
  if (other.space !== own.space) return "unknown";
  if (!isRunning(other.pid)) return "gone";
  const status = statusOf(other.pid);
  // A zombie, whose parent has not asked how it ended, does nothing any more.
  const hasEnded = status && (status.started !== other.started || "ZX".includes(status.state));
  return hasEnded ? "gone" : "running";
}
