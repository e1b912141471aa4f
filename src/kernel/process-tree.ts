import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A process of this machine. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Seconds since it began. */
  readonly age: number;
}

/** In which the kernel of Linux counts time. */
const ticksPerSecond = 100;

/** Asks all processes that a process began, and those that these began, to end. */
export function signalDescendants(
  pid: number,
  signal: NodeJS.Signals,
  maximalAge = Number.POSITIVE_INFINITY,
): void {
  for (const descendant of descendantsOf(pid, maximalAge)) {
    try {
      process.kill(descendant, signal);
    } catch {
      // It has ended in the meantime.
    }
  }
}

/**
 * Processes below a process, the oldest first.
 *
 * @param maximalAge - in seconds; older ones are left out with all below them.
 */
export function descendantsOf(pid: number, maximalAge = Number.POSITIVE_INFINITY): number[] {
  const all = process.platform === "linux" ? linuxProcesses() : listedProcesses();
  const below = (parent: number): number[] =>
    all
      .filter((it) => it.parent === parent && it.age <= maximalAge)
      .flatMap((it) => [it.pid, ...below(it.pid)]);
  return below(pid);
}

function linuxProcesses(): Process[] {
  const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const fields = statOf(name);
      const [, parent] = fields;
      if (parent === undefined) return [];
      return [
        { pid: Number(name), parent: Number(parent), age: uptime - Number(fields[19]) / ticksPerSecond },
      ];
    });
}

/** The fields of a process from its state on: a name before them may hold anything. */
function statOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return [];
  }
}

function listedProcesses(): Process[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid=,etime="], { encoding: "utf8" });
  return listed
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, parent, elapsed = ""] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), age: secondsOf(elapsed) };
    });
}

/** Of `[[days-]hours:]minutes:seconds`. */
function secondsOf(elapsed: string): number {
  const [days, time] = elapsed.includes("-") ? elapsed.split("-") : ["0", elapsed];
  const parts = (time ?? "").split(":").map(Number);
  return Number(days) * 86_400 + parts.reduce((sum, part) => sum * 60 + part, 0);
}
