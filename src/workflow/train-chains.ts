import { threads as ownThreads } from "../engine/configure.ts";
import { hasEnded } from "../runs/run-folders.ts";
import { runIdOf } from "../runs/run-plan.ts";
import { outdatedLine, outdatedRuns } from "./outdated-runs.ts";
import { type Chain, chainsOf } from "./parallel/chains.ts";
import { shareMachine, thisMachine } from "./parallel/share-machine.ts";
import { trainSideBySide } from "./parallel/train-side-by-side.ts";
import { interruptible, ofPreparation, ofTraining } from "./progress/interruption.ts";
import type { Output } from "./progress/output.ts";
import { openScreen } from "./progress/screen.ts";
import { showTraining } from "./progress/show-training.ts";
import { readyDatasets } from "./ready-datasets.ts";
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
    const idle = idleJobs(order.jobs, missing.length);
    if (idle !== undefined) screen.output.writeError(idle);
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

/** What is said where `--jobs` asks for more than can train at once. */
export function idleJobs(asked: number | undefined, chains: number): string | undefined {
  if (asked === undefined || chains === 0 || asked <= chains) return;
  const what = chains === 1 ? "1 chain, whose rows train one after another" : `${chains} chains`;
  return `--jobs ${asked} trains no more than ${chains} at once: what is to be trained forms ${what}.\n`;
}

/** Whether all of a chain's runs have ended. */
const isThere = (
  chain: Chain,
  { profile, folders }: TrainingOrder,
  digestOf: (run: PlannedRun) => string,
): boolean =>
  chain.every((run) => hasEnded(runIdOf(run.row, run.seed, profile, digestOf(run), run.fromSeed), folders));
