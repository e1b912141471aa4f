import { type Explanation, Interrupted } from "../errors.ts";
import type { Output } from "./output.ts";

const signals = ["SIGINT", "SIGTERM"] as const;
const exitCode = 130;

/** When work ends by itself, and how it goes on after it was interrupted. */
type Continuation = Pick<Explanation, "rule" | "remedy">;

const ofTraining: Continuation = {
  rule: "a run ends after its last epoch",
  remedy: "the same command, without --fresh, goes on from its last finished epoch",
};

/**
 * Does work that the first SIGINT or SIGTERM stops after the running batch, and the second one at once.
 *
 * @param work - is given the signal that aborts it.
 * @param how - when such work ends, and how it goes on. @default as training does
 * @throws {Interrupted} when it was interrupted; says how to go on.
 */
export async function interruptible<Result>(
  { writeError }: Output,
  work: (signal: AbortSignal) => Promise<Result>,
  how: Continuation = ofTraining,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(exitCode);
    writeError("\nStopping after the running batch; once more stops at once.\n");
    controller.abort(new Interrupted({ ...how, got: name }));
  };
  for (const name of signals) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}
