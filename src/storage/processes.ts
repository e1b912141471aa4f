import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Identifies a process uniquely, even after its PID has been reused. */
export interface ProcessIdentity {
  readonly host: string;
  /** Hash of the machine's id; 0 if unknown, as in a container, whose image may also run on another machine. */
  readonly machine: string;
  /** Boot id of the machine. */
  readonly system: string;
  /** PID namespace; every container of a machine has its own. */
  readonly space: string;
  readonly pid: number;
  /** Clock ticks from the machine's boot to the process's start; 0 if unknown. */
  readonly started: string;
}

function readOr<Text>(read: () => Text, fallback: Text): Text {
  try {
    return read();
  } catch {
    return fallback;
  }
}

/** State and start time of a process, from /proc. The name field before them may contain spaces and parentheses. */
function procStat(pid: number): { readonly state: string; readonly started: string } | undefined {
  const text = readOr(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields[0], fields[19]];
  return state && started ? { state, started } : undefined;
}

const unknown = "0";

/** Linux's number for the initial PID namespace; processes in containers never have it. */
const outsideContainers = "4026531836";

/** Hash of the machine's id; machine-id(5) asks programs to keep the id itself confidential. */
function machineIn(space: string): string {
  if (space !== outsideContainers) return unknown;
  const id = readOr(() => readFileSync("/etc/machine-id", "utf8").trim(), "");
  if (!/^[0-9a-f]{32}$/.test(id)) return unknown;
  return createHash("sha256").update(`h2t-kit ${id}`).digest("hex").slice(0, 8);
}

/** Identity of this process. */
export function thisProcess(): ProcessIdentity {
  const space = readOr(() => /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? unknown, unknown);
  return {
    host: hostname(),
    machine: machineIn(space),
    system: readOr(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8), unknown),
    space,
    pid: process.pid,
    started: procStat(process.pid)?.started ?? unknown,
  };
}

/** Formats a process identity for use in a file name. */
export const processName = ({ host, machine, system, space, pid, started }: ProcessIdentity): string =>
  `${host}.${machine}.${system}-${space}-${pid}-${started}`;

/** Parses the result of `processName`; also accepts the form without a machine, from earlier versions. */
export function processNamed(name: string): ProcessIdentity | undefined {
  const pattern =
    /^(?<host>.+?)(?:\.(?<machine>[0-9a-f]{8}|0))?\.(?<system>\w+)-(?<space>\d+)-(?<pid>\d+)-(?<started>\d+)$/;
  const { host, machine = unknown, system, space, pid, started } = pattern.exec(name)?.groups ?? {};
  if (!host || !system || !space || !pid || !started) return;
  return { host, machine, system, space, pid: Number(pid), started };
}

/** Whether a process with this PID exists on this machine. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether a process is running, gone, or impossible to check. */
export type ProcessStatus = "running" | "gone" | "unknown";

/**
 * Checks whether a process is running, gone or unknown.
 *
 * A process is gone if its machine has rebooted, if its PID is free, or if the PID now belongs to a later process. Processes
 * on other machines or in other containers cannot be checked. After a reboot, a machine without an id cannot be told from
 * another one with the same host name, so its earlier processes are unknown as well.
 */
export function statusOf(other: ProcessIdentity, self = thisProcess()): ProcessStatus {
  if (other.host !== self.host) return "unknown";
  if (other.system !== self.system)
    return self.machine !== unknown && other.machine === self.machine ? "gone" : "unknown";
  if (other.space !== self.space) return "unknown";
  if (!isRunning(other.pid)) return "gone";
  const stat = procStat(other.pid);
  // A zombie has finished; only its parent has not collected its exit status.
  const hasEnded = stat && (stat.started !== other.started || "ZX".includes(stat.state));
  return hasEnded ? "gone" : "running";
}
