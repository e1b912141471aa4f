import type { Experiment } from "../paper/experiment.ts";
import { findExperiment } from "../paper/rows/experiments.ts";
import { runIdOf } from "../paper/run-id.ts";
import type { TrainingOrder } from "./training-order.ts";

/** Rows of one seed that stand on one stage-I run, which leaves them its weights. */
export interface Chain {
  readonly rows: readonly Experiment[];
  readonly seed: number;
}

/** The row in which the training of a row begins: stage I. */
function rootOf(row: Experiment): Experiment {
  return row.from === undefined ? row : rootOf(findExperiment(row.from));
}

/**
 * Divides rows × seeds into chains that share no run and so can train side by side, in the order in which they begin.
 *
 * @param order - the rows stay in its order.
 * @param digestOf - the digest of a row's packed data set, which decides the ids of its runs.
 */
export function chainsOf(
  { rows, seeds, profile }: Pick<TrainingOrder, "rows" | "seeds" | "profile">,
  digestOf: (row: Experiment) => string,
): Chain[] {
  const chains = new Map<string, { rows: Experiment[]; seed: number }>();
  for (const row of rows) {
    for (const seed of seeds) {
      const root = runIdOf(rootOf(row), seed, profile, digestOf(row));
      const chain = chains.get(root);
      if (chain === undefined) chains.set(root, { rows: [row], seed });
      else chain.rows.push(row);
    }
  }
  return [...chains.values()];
}
