import { existsSync } from "node:fs";
import path from "node:path";
import type { Profile } from "../paper/experiment.ts";
import { findExperiment } from "../paper/rows/experiments.ts";
import { frozenRows } from "../paper/rows/frozen.ts";
import { weightsOf } from "../paper/run-folders.ts";
import { runIdOf } from "../paper/run-id.ts";
import { shippedLabels } from "../paper/shipped-labels.ts";
import type { Output } from "./output.ts";
import type { Reproduction } from "./reproduce-tables.ts";
import { trainChains } from "./train-chains.ts";
import { plannedRuns } from "./training-order.ts";

/** The profile of the stage I whose features ship with the kit. */
const profile: Profile = "paper";

/**
 * Trains the frozen rows where no images are at hand: the features of a real stage I ship with the kit, and a minute shows on them
 * what fusion does.
 *
 * With images of the data set in place nothing happens: rows on those say more.
 */
export async function trainShippedFeatures(
  { data: dataDir, runs, seeds, jobs }: Reproduction,
  results: string,
  output: Output,
): Promise<void> {
  const [first] = frozenRows;
  if (first === undefined || existsSync(path.join(dataDir, first.dataset, "manifest.json"))) return;
  const labels = await shippedLabels(results, first.dataset, frozenRows);
  const folders = { runs, results };
  const stageOne = findExperiment(first.from ?? "");
  if (labels === null || weightsOf(runIdOf(stageOne, 0, profile, labels.digest), folders) === undefined)
    return;
  await trainChains(
    {
      ...{ runs: plannedRuns(frozenRows, seeds, 0), profile, jobs, dataDir, folders },
      ...{ fresh: false, download: false },
    },
    output,
  );
}
