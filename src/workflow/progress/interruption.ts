import { Interrupted, type Problem } from "../../errors.ts";
import type { Output } from "./output.ts";

const signals = ["SIGINT", "SIGTERM"] as const;
const exitCode = 130;

/** How interrupted work resumes. */
type Continuation = Pick<Problem, "code" | "fix">;

export const ofPreparation: Continuation = {
  code: "PREPARATION_INTERRUPTED",
  fix: "rerun the command to prepare the data set; an interrupted download resumes",
};

export const ofTraining: Continuation = {
  code: "TRAINING_INTERRUPTED",
  fix: "rerun the command (without --fresh) to resume from the last completed epoch",
};

/**
 * Runs work that the first SIGINT or SIGTERM stops within seconds without losing anything, and the second one at once.
 *
 * @param work - receives the signal that aborts it.
 * @param how - how the current work resumes; called when the signal arrives. @default as training does
 * @throws {Interrupted} when it was interrupted; says how to resume.
 */
export async function interruptible<Result>(
  { writeError }: Output,
  work: (signal: AbortSignal) => Promise<Result>,
  how: () => Continuation = () => ofTraining,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(exitCode);
    writeError("\nStopping… press Ctrl-C again to quit immediately.\n");
    controller.abort(new Interrupted({ problem: `interrupted (${name})`, ...how() }));
  };
  for (const name of signals) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}
