import { threads as ownThreads } from "../engine/configure.ts";
import { hasEnded } from "../paper/run-folders.ts";
import { runIdOf } from "../paper/run-plan.ts";
import { type Chain, chainsOf } from "./chains.ts";
import { interruptible, ofPreparation, ofTraining } from "./interruption.ts";
import { outdatedLine, outdatedRuns } from "./outdated-runs.ts";
import type { Output } from "./output.ts";
import { readyDatasets } from "./ready-datasets.ts";
import { openScreen } from "./screen.ts";
import { shareMachine, thisMachine } from "./share-machine.ts";
import { showTraining } from "./show-training.ts";
import { trainSideBySide } from "./train-side-by-side.ts";
import type { PlannedRun, TrainingOrder } from "./training-order.ts";

/** How many chains may train at once; 1 keeps to this process, `undefined` is as many as the machine has room for. */
interface Jobs {
  readonly jobs: number | undefined;
}

/**
 * Trains and evaluates rows and tells of each as it ends: in this process one after the other, or chain beside chain in
 * processes of their own.
 *
 * @throws {FailureError} if a row failed; side by side at the end, when the other chains have done their work.
 * @throws {Interrupted} when it was interrupted.
 */
export async function trainChains(order: TrainingOrder & Jobs, output: Output): Promise<void> {
  const screen = openScreen(output);
  let isReady = false;
  const work = async (signal: AbortSignal) => {
    const datasetOf = await readyDatasets(order, screen.output, signal);
    isReady = true;
    const digestOf = (run: PlannedRun) => datasetOf(run).digest;
    const chains = chainsOf(order.runs, order.profile, digestOf);
    const isDone = (chain: Chain) => !order.fresh && isThere(chain, order, digestOf);
    const missing = chains.filter((chain) => !isDone(chain));
    const { jobs, threads } = shareMachine(chains.length, order.jobs, thisMachine());
    const tellOutdated = async () => {
      const outdated = await outdatedRuns(order, datasetOf);
      if (outdated.length > 0) screen.output.writeError(outdatedLine(outdated, order.profile));
    };
    const trainHere = async (part: TrainingOrder) => {
      // Loads the engine.
      const { trainRows } = await import("./train-rows.ts");
      await trainRows(part, { datasetOf, tell: showTraining(order.profile, screen), signal });
    };
    if (missing.length === 0 || (jobs === 1 && threads === ownThreads)) {
      await trainHere(order);
      return tellOutdated();
    }
    for (const runs of chains.filter(isDone)) await trainHere({ ...order, runs });
    const atOnce = Math.min(jobs, missing.length);
    screen.output.writeError(
      `Chains to train: ${missing.length}; at once: ${atOnce}; threads of each: ${threads}.\n`,
    );
    await trainSideBySide(missing, { order, jobs: atOnce, threads, screen, signal });
    await tellOutdated();
  };
  const how = () => (isReady ? ofTraining : ofPreparation);
  await interruptible(screen.output, work, how).finally(screen.end);
}

/** Whether all of a chain's runs have ended. */
const isThere = (
  chain: Chain,
  { profile, folders }: TrainingOrder,
  digestOf: (run: PlannedRun) => string,
): boolean =>
  chain.every((run) => hasEnded(runIdOf(run.row, run.seed, profile, digestOf(run), run.fromSeed), folders));
