import type { Experiment, Profile } from "../paper/experiment.ts";
import { findExperiment } from "../paper/rows/experiments.ts";
import { runIdOf } from "../paper/run-id.ts";
import type { PlannedRun } from "./training-order.ts";

/** Runs that stand on one stage-I run, which leaves them its weights. */
export type Chain = readonly PlannedRun[];

/** The row with which the training of a row begins: stage I. */
export function rootOf(row: Experiment): Experiment {
  return row.from === undefined ? row : rootOf(findExperiment(row.from));
}

/**
 * Divides runs into chains that share no run and so can train side by side, in the order in which they begin.
 *
 * @param runs - stay in their order.
 * @param digestOf - the digest of a run's data set, which is part of run ids.
 */
export function chainsOf(
  runs: readonly PlannedRun[],
  profile: Profile,
  digestOf: (run: PlannedRun) => string,
): Chain[] {
  const chains = new Map<string, PlannedRun[]>();
  for (const run of runs) {
    const root = runIdOf(rootOf(run.row), run.fromSeed, profile, digestOf(run));
    const chain = chains.get(root);
    if (chain === undefined) chains.set(root, [run]);
    else chain.push(run);
  }
  return [...chains.values()];
}
