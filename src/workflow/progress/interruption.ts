import { type Explanation, Interrupted } from "../../errors.ts";
import type { Output } from "./output.ts";

const signals = ["SIGINT", "SIGTERM"] as const;
const exitCode = 130;

/** When work ends by itself, and how it goes on after it was interrupted. */
type Continuation = Pick<Explanation, "rule" | "remedy">;

export const ofPreparation: Continuation = {
  rule: "a data set is ready when all of it is packed",
  remedy: "the same command makes it ready; a download goes on where it stopped",
};

export const ofTraining: Continuation = {
  rule: "a run ends after its last epoch",
  remedy: "the same command, without --fresh, goes on from its last finished epoch",
};

/**
 * Does work that the first SIGINT or SIGTERM stops within seconds, where nothing is lost, and the second one at once.
 *
 * @param work - is given the signal that aborts it.
 * @param how - when what is being done ends, and how it goes on; asked at the signal. @default as training does
 * @throws {Interrupted} when it was interrupted; says how to go on.
 */
export async function interruptible<Result>(
  { writeError }: Output,
  work: (signal: AbortSignal) => Promise<Result>,
  how: () => Continuation = () => ofTraining,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(exitCode);
    writeError("\nStopping within seconds; once more stops at once.\n");
    controller.abort(new Interrupted({ ...how(), got: name }));
  };
  for (const name of signals) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}
