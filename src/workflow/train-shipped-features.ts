import { FailureError } from "../errors.ts";
import type { Experiment, Profile } from "../experiments/experiment.ts";
import { frozenRows, studiedDatasets } from "../experiments/studies/frozen.ts";
import { shippedLabels } from "../runs/shipped-labels.ts";
import type { Output } from "./progress/output.ts";
import type { Reproduction } from "./reproduce-tables.ts";
import { trainChains } from "./train-chains.ts";
import { plannedRuns } from "./training-order.ts";

/** The stage I whose features ship with the kit. */
const stageOne: { readonly profile: Profile; readonly seed: number } = { profile: "paper", seed: 0 };

/** The frozen rows of the data set whose features ship with the kit; of several, CIFAR-100-LT's, which are Table 5's. */
async function rowsWithFeatures(folders: {
  readonly runs: string;
  readonly results: string;
}): Promise<Experiment[]> {
  for (const dataset of [...studiedDatasets].reverse()) {
    const rows = frozenRows.filter((row) => row.dataset === dataset);
    const [first] = rows;
    if (first && (await shippedLabels(folders, first, stageOne.profile, stageOne.seed))) return rows;
  }
  throw new FailureError({
    code: "NO_SHIPPED_FEATURES",
    problem: `there are no stage-I features in ${folders.results}`,
    fix: "restore results/ from the repository, or name a profile: ./reproduce.sh --profile demo",
  });
}

/**
 * Trains Table 5's rows and Figure 5's ratios on the features of a real stage I that ship with the kit: no images, a minute or two.
 *
 * @throws {FailureError} if the kit has no such features.
 */
export async function trainShippedFeatures(
  { data: dataDir, runs, seeds, jobs }: Omit<Reproduction, "profile">,
  results: string,
  output: Output,
): Promise<void> {
  const folders = { runs, results };
  const rows = await rowsWithFeatures(folders);
  const planned = plannedRuns(rows, seeds, stageOne.seed);
  await trainChains(
    {
      runs: planned,
      profile: stageOne.profile,
      jobs,
      dataDir,
      folders,
      fresh: false,
      download: false,
    },
    output,
  );
}
