import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { FailureError } from "../../src/errors.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { type InterruptedWorkName, interruptedWorks } from "./interrupted-works.ts";
import { serverVariable } from "./serve-slowly.ts";

const main = path.join(projectFolder, "src/cli/main.ts");
const preload = fileURLToPath(new URL("download-from.ts", import.meta.url));

/** Within which a process must have ended. */
export const mostSeconds = 5;

/** How a process answered a signal. */
export interface Answer {
  readonly work: InterruptedWorkName;
  readonly signal: NodeJS.Signals;
  /** From the beginning of the work to the signal. */
  readonly afterSeconds: number;
  /** From the signal to its end. */
  readonly seconds: number;
  readonly status: number | null;
  readonly lastLine: string;
  /** Whether it ended with 130, in time, and said how to go on. */
  readonly isWell: boolean;
}

/** A signal, and when it is sent after the work has begun, in milliseconds. */
export interface Moment {
  readonly signal: NodeJS.Signals;
  readonly after: number;
}

/** Where the work finds and leaves what it needs. */
interface Places {
  /** Of data sets and runs; goes on where the one before was stopped. */
  readonly folder: string;
  /** Address that it downloads from. */
  readonly server: string;
}

function start(args: readonly string[], server: string) {
  const child = spawn(process.execPath, ["--import", "tsx", "--import", preload, main, ...args], {
    cwd: projectFolder,
    env: { ...process.env, [serverVariable]: server },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (piece) => {
    stderr += piece;
  });
  return { child, closed: once(child, "close"), stderr: () => stderr };
}

/** Interrupts work; `null` if it had ended well before its moment. */
export async function interrupt(
  work: InterruptedWorkName,
  { folder, server }: Places,
  { signal, after }: Moment,
): Promise<Answer | null> {
  const { args, hasBegun, remedy } = interruptedWorks[work];
  const [data, runs] = [path.join(folder, "data"), path.join(folder, "runs")];
  const { child, closed, stderr } = start(args(data, runs), server);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  while (!hasEnded() && !hasBegun(stderr(), runs, child.pid)) await pause(20);
  await pause(after);
  const sent = performance.now();
  child.kill(signal);
  const [status] = (await closed) as [number | null];
  if (status === 0) return null;
  const seconds = (performance.now() - sent) / 1000;
  const lastLine = stderr().trimEnd().split("\n").at(-1) ?? "";
  const isWell = status === 130 && lastLine.endsWith(`, got ${signal}; ${remedy}`) && seconds < mostSeconds;
  return { work, signal, afterSeconds: after / 1000, seconds, status, lastLine, isWell };
}

/**
 * Does what must have been done before some work can be interrupted.
 *
 * @throws {FailureError} if that fails.
 */
export async function prepare(work: InterruptedWorkName, { folder, server }: Places): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const described = interruptedWorks[work];
  if (!("before" in described)) return;
  const { closed, stderr } = start(
    described.before(path.join(folder, "data"), path.join(folder, "runs")),
    server,
  );
  const [status] = (await closed) as [number | null];
  if (status === 0) return;
  throw new FailureError({
    rule: `what comes before ${work} must end well`,
    got: `status ${status} and "${stderr().trim()}"`,
    remedy: `look into ${folder}, which is kept`,
  });
}
