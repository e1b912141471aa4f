import { Interrupted } from "../errors.ts";
import type { Output } from "./output.ts";

const signals = ["SIGINT", "SIGTERM"] as const;
const exitCode = 130;

/**
 * Does work that the first SIGINT or SIGTERM stops after the running batch, and the second one at once.
 *
 * @param work - is given the signal that aborts it.
 * @throws {Interrupted} when it was interrupted; says how to go on.
 */
export async function interruptible<Result>(
  { writeError }: Output,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(exitCode);
    writeError("\nStopping after the running batch; once more stops at once.\n");
    controller.abort(interruption(name));
  };
  for (const name of signals) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}

const interruption = (name: string) =>
  new Interrupted({
    rule: "a run ends after its last epoch",
    got: name,
    remedy: "the same command, without --fresh, goes on from its last finished epoch",
  });
