import { setMaxListeners } from "node:events";
import { FailureError } from "../../errors.ts";
import { explainError } from "../explain-error.ts";
import type { Screen } from "../progress/screen.ts";
import { showTraining } from "../progress/show-training.ts";
import type { TrainingEvent } from "../training-event.ts";
import type { TrainingOrder } from "../training-order.ts";
import type { Chain } from "./chains.ts";
import { trainInChild } from "./train-in-child.ts";

/** What chains are trained with. */
interface Surroundings {
  /** Says everything of the chains' rows but which they are. */
  readonly order: TrainingOrder;
  /** How many chains train at once. */
  readonly jobs: number;
  /** Threads of each. */
  readonly threads: number;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/**
 * Trains chains in processes of their own; one that fails does not stop the others.
 *
 * @throws {FailureError} at the end, if a chain failed.
 * @throws the signal's reason, when it was aborted, once every process has ended.
 */
export async function trainSideBySide(
  chains: readonly Chain[],
  { order, jobs, threads, screen, signal }: Surroundings,
): Promise<void> {
  const { writeError } = screen.output;
  const failures: string[] = [];
  const train = async (runs: Chain) => {
    const show = showTraining(order.profile, screen);
    let name = "";
    const tell = (event: TrainingEvent) => {
      if (event.kind === "row") name = `${event.row.id}, seed ${event.seed},`;
      show(event);
    };
    const failure = await trainInChild({ ...order, runs }, { threads, tell, signal }).catch(
      (error: unknown) => explainError(error).text,
    );
    if (failure === undefined) return;
    name ||= `${runs.map(({ row, seed }) => `${row.id}, seed ${seed}`).join("; ")},`;
    writeError(`${name} failed; more at the end.\n`);
    failures.push(`${name} failed:\n${failure}`);
  };
  // Every process that trains listens to it.
  setMaxListeners(0, signal);
  const queue = chains.values();
  const trainNext = async () => {
    for (const chain of queue) await train(chain);
  };
  await Promise.all(Array.from({ length: jobs }, trainNext));
  // Told again, since what went on has long moved it off the screen.
  for (const failure of failures) writeError(failure);
  signal.throwIfAborted();
  if (failures.length > 0) {
    throw new FailureError({
      code: "CHAINS_FAILED",
      problem: `${failures.length} of ${chains.length} chains failed`,
      fix: "fix the errors above and rerun the command (finished runs are skipped)",
    });
  }
}
