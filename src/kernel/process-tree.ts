import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** A process of this machine. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Seconds since it began. */
  readonly age: number;
  /** Of its program. */
  readonly name: string;
}

/** Which processes are left alone, with all below them. */
interface Spared {
  /** Those that are older, in seconds. */
  readonly maximalAge?: number;
  /** Those of these names. */
  readonly except?: ReadonlySet<string>;
}

/** In which the kernel of Linux counts time. */
const ticksPerSecond = 100;

/** Asks all processes that a process began, and those that these began, to end. */
export function signalDescendants(pid: number, signal: NodeJS.Signals, spared: Spared = {}): void {
  for (const descendant of descendantsOf(pid, spared)) {
    try {
      process.kill(descendant, signal);
    } catch {
      // It has ended in the meantime.
    }
  }
}

/** Processes below a process, each before those that it began. */
function descendantsOf(pid: number, { maximalAge = Number.POSITIVE_INFINITY, except }: Spared): number[] {
  const all = process.platform === "linux" ? linuxProcesses() : listedProcesses();
  const below = (parent: number): number[] =>
    all
      .filter((it) => it.parent === parent && it.age <= maximalAge && !except?.has(it.name))
      .flatMap((it) => [it.pid, ...below(it.pid)]);
  return below(pid);
}

function linuxProcesses(): Process[] {
  const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const [, name, fields] = /\((.*)\) (.*)/s.exec(statOf(pid)) ?? [];
      if (name === undefined || fields === undefined) return [];
      const values = fields.split(" ");
      return [
        {
          pid: Number(pid),
          parent: Number(values[1]),
          age: uptime - Number(values[19]) / ticksPerSecond,
          name,
        },
      ];
    });
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

function listedProcesses(): Process[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid=,etime=,comm="], { encoding: "utf8" });
  return listed
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, parent, elapsed = "", path = ""] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), age: secondsOf(elapsed), name: basename(path) };
    });
}

/** Of `[[days-]hours:]minutes:seconds`. */
function secondsOf(elapsed: string): number {
  const [days, time] = elapsed.includes("-") ? elapsed.split("-") : ["0", elapsed];
  const parts = (time ?? "").split(":").map(Number);
  return Number(days) * 86_400 + parts.reduce((sum, part) => sum * 60 + part, 0);
}
