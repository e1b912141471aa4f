import type { Profile } from "../experiments/experiment.ts";
import { readRecord } from "../runs/records.ts";
import { hasEnded } from "../runs/run-folders.ts";
import { planRun, withParents } from "../runs/run-plan.ts";
import { sourcesDigest } from "../runs/sources.ts";
import type { DatasetOf } from "./ready-datasets.ts";
import type { PlannedRun, TrainingOrder } from "./training-order.ts";

/** What runs are named by. */
type Order = Pick<TrainingOrder, "runs" | "profile" | "folders">;

/** More rows would hide the command in the line. */
const maxRows = 6;

/**
 * Your runs that other sources than today's have trained, stage I before the runs that start from it.
 *
 * Shipped runs do not count: other sources trained all of them, as the report says.
 */
export async function outdatedRuns(
  { runs, profile, folders }: Order,
  datasetOf: DatasetOf,
): Promise<PlannedRun[]> {
  const today = sourcesDigest();
  const plans = runs.flatMap((run) => {
    const { row, seed, fromSeed } = run;
    return withParents(planRun(row, { seed, fromSeed, profile, dataDigest: datasetOf(run).digest }));
  });
  const outdated: PlannedRun[] = [];
  for (const { runId, row, seed, parent } of new Map(plans.map((plan) => [plan.runId, plan])).values()) {
    if (!hasEnded(runId, folders)) continue;
    const { provenance } = await readRecord(`${folders.runs}/${runId}/record.json`, runId);
    if (provenance.sources !== today) outdated.push({ row, seed, fromSeed: parent?.seed ?? seed });
  }
  return outdated;
}

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

/** The command that trains runs again with today's sources. */
function retrain(runs: readonly PlannedRun[], profile: Profile): string {
  const rows = unique(runs.map(({ row }) => row.id));
  const seeds = unique(runs.map(({ seed }) => seed));
  const [shared] = runs.filter(({ row, seed, fromSeed }) => row.from !== undefined && seed !== fromSeed);
  const from = shared === undefined ? "" : ` --from-seed ${shared.fromSeed}`;
  return `npx h2t run ${rows.join(" ")} --profile ${profile} --seeds ${seeds.join(",")}${from} --fresh`;
}

/** One line about runs that other sources have trained, at least one, with the command that trains them again. */
export function outdatedLine(runs: readonly PlannedRun[], profile: Profile): string {
  const rows = unique(runs.map(({ row }) => row.id));
  const shown = runs.filter(({ row }) => rows.indexOf(row.id) < maxRows);
  const first = rows.length > maxRows ? `, the first ${maxRows} of ${rows.length} rows` : "";
  const what = runs.length === 1 ? "1 run was" : `${runs.length} runs were`;
  return `${what} trained by other sources than today's src/; to retrain${first}: ${retrain(shown, profile)}\n`;
}
