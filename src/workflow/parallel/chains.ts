import type { Profile } from "../../experiments/experiment.ts";
import { planRun, withParents } from "../../runs/run-plan.ts";
import type { PlannedRun } from "../training-order.ts";

/** Runs that stand on one stage-I run, which leaves them its weights. */
export type Chain = readonly PlannedRun[];

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
    const { row, seed, fromSeed } = run;
    const [stageOne] = withParents(planRun(row, { seed, fromSeed, profile, dataDigest: digestOf(run) }));
    const root = stageOne?.runId ?? "";
    const chain = chains.get(root);
    if (chain === undefined) chains.set(root, [run]);
    else chain.push(run);
  }
  return [...chains.values()];
}
