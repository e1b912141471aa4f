import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { randomStream } from "../../src/random.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";

const main = path.join(projectFolder, "src/cli/main.ts");

/** With batches of 128 images and the network of Table 1; its demo takes minutes, which the signals divide. */
const row = "table-1/cifar10/100/dr-h2t";

/** Latest time of a signal, in milliseconds after training began. */
const latest = 15_000;
/** Within which a process must have ended. */
export const mostSeconds = 5;

/** How a process answered a signal. */
export interface Answer {
  readonly signal: NodeJS.Signals;
  /** From the beginning of training to the signal. */
  readonly afterSeconds: number;
  /** From the signal to its end. */
  readonly seconds: number;
  readonly status: number | null;
  readonly lastLine: string;
  /** Whether it ended with 130, in time, and said how to go on. */
  readonly isWell: boolean;
}

/** Once it trains, it has claimed a run, by its number. */
async function beganToTrain(child: ChildProcess, runs: string): Promise<void> {
  const hasClaimed = () =>
    existsSync(runs) && readdirSync(runs).some((name) => name.includes(`-${child.pid}-`));
  while (child.exitCode === null && !hasClaimed()) await pause(20);
}

/** `null` if all was trained before the signal's moment. */
async function answer(folder: string, signal: NodeJS.Signals, after: number): Promise<Answer | null> {
  const runs = path.join(folder, "runs");
  const places = ["--data", path.join(folder, "data"), "--runs", runs];
  const child = spawn(process.execPath, ["--import", "tsx", main, "run", row, ...places], {
    cwd: projectFolder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (piece) => {
    stderr += piece;
  });
  await beganToTrain(child, runs);
  await pause(after);
  if (child.exitCode === 0) return null;
  const sent = performance.now();
  child.kill(signal);
  const [status] =
    child.exitCode === null ? ((await once(child, "close")) as [number | null]) : [child.exitCode];
  const seconds = (performance.now() - sent) / 1000;
  const lastLine = stderr.trimEnd().split("\n").at(-1) ?? "";
  const saysHow = lastLine.endsWith(
    `got ${signal}; the same command, without --fresh, goes on from its last finished epoch`,
  );
  const isWell = status === 130 && saysHow && seconds < mostSeconds;
  return { signal, afterSeconds: after / 1000, seconds, status, lastLine, isWell };
}

/** Interrupts `h2t run` at seeded random moments, by SIGINT and SIGTERM in turn; each process goes on where the one before was stopped, or begins anew where all is trained. */
export async function signalRuns(
  folder: string,
  { signals, seed }: { readonly signals: number; readonly seed: number },
  onAnswer: (answer: Answer, number: number) => void,
): Promise<Answer[]> {
  const stream = randomStream(seed, "order");
  const all: Answer[] = [];
  for (let i = 0; i < signals; i++) {
    const signal = i % 2 === 0 ? "SIGINT" : "SIGTERM";
    const next = () => answer(folder, signal, stream.integer(latest));
    let one = await next();
    while (one === null) {
      await rm(path.join(folder, "runs"), { recursive: true });
      one = await next();
    }
    onAnswer(one, i + 1);
    all.push(one);
  }
  return all;
}
