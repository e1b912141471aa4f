import { rmSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { FailureError } from "../../src/errors.ts";
import { type RandomStream, randomStream } from "../../src/random.ts";
import { type KillMoment, type Work, works } from "./kill-moment.ts";
import { resultsIn } from "./run-results.ts";
import { type Ending, runWatched } from "./run-watched.ts";

/** One killed run, and how it went on. */
export interface Killed extends KillMoment {
  /** What it asked of the file system last. */
  readonly last: string;
  /** Files that are not as those of the uninterrupted run, in the end. */
  readonly different: readonly string[];
}

/** Longest time from the beginning of an epoch to the kill; an epoch takes about one second. */
const longestDelay = 1_000;

const pick = <Item>(items: readonly Item[], stream: RandomStream) =>
  items[stream.integer(items.length)] as Item;

/** @param operations - of an uninterrupted run. */
function momentOf(work: Work, operations: readonly string[], stream: RandomStream): KillMoment {
  const lines = operations.filter((line) => works[work].test(line));
  // After the last two lines of the log, and the wait for the disk behind them, comes nothing that lasts.
  const operation = stream.integer(work === "an epoch" ? lines.length - 4 : lines.length);
  if (work === "an epoch") return { work, operation, when: { milliseconds: stream.integer(longestDelay) } };
  const ways = lines[operation]?.startsWith("write")
    ? (["before", "half", "after"] as const)
    : (["before", "after"] as const);
  return { work, operation, when: pick(ways, stream) };
}

function unexpected(rule: string, { status, signal, stderr }: Ending, folder: string): FailureError {
  return new FailureError({
    rule,
    got: `${signal ?? `status ${status}`} and "${stderr.trim()}"`,
    remedy: `look into ${folder}, which is kept`,
  });
}

/** Runs to the end. */
export async function finish(folder: string): Promise<Ending> {
  const ending = await runWatched(folder);
  if (ending.status === 0) return ending;
  throw unexpected("a run must end well, whatever happened to the one before", ending, folder);
}

/** Kills a run that begins at a moment; where the run was faster, earlier. */
async function killNew(folder: string, moment: KillMoment): Promise<KillMoment & { readonly last: string }> {
  const ending = await runWatched(folder, moment);
  const { when } = moment;
  if (ending.signal === "SIGKILL") return { ...moment, last: ending.operations.at(-1) ?? "" };
  if (ending.status !== 0 || typeof when !== "object" || when.milliseconds === 0)
    throw unexpected("the process must die by SIGKILL at its moment", ending, folder);
  rmSync(folder, { recursive: true });
  return killNew(folder, { ...moment, when: { milliseconds: when.milliseconds >> 1 } });
}

/** Files that are not the same in two folders of results. */
export function differences(one: string, other: string): string[] {
  const [expected, found] = [resultsIn(one), resultsIn(other)];
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter(
    (file) => !isDeepStrictEqual(found[file], expected[file]),
  );
}

/**
 * Kills `h2t run` at seeded random moments, each time in a folder of its own, lets it go on and compares every file that is left with
 * those of an uninterrupted run.
 *
 * @param folder - for everything; must be empty. Folders with differences stay.
 * @param kills - how many; the works that they meet take turns.
 * @param seed - of the moments.
 * @param onKilled - told of each.
 */
export async function killRuns(
  folder: string,
  { kills, seed }: { readonly kills: number; readonly seed: number },
  onKilled: (killed: Killed, number: number) => void,
): Promise<Killed[]> {
  const whole = path.join(folder, "whole");
  const { operations } = await finish(whole);
  const names = Object.keys(works) as Work[];
  const all: Killed[] = [];
  for (let i = 0; i < kills; i++) {
    const work = names[i % names.length] as Work;
    const own = path.join(folder, `killed-${i + 1}`);
    const moment = await killNew(own, momentOf(work, operations, randomStream(seed, "order", i)));
    await finish(own);
    const killed = { ...moment, different: differences(whole, own) };
    if (killed.different.length === 0) rmSync(own, { recursive: true });
    onKilled(killed, i + 1);
    all.push(killed);
  }
  return all;
}
