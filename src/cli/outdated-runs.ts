import type { Profile } from "../paper/experiment.ts";
import { readRecord } from "../paper/records.ts";
import { findExperiment } from "../paper/rows/experiments.ts";
import { hasEnded } from "../paper/run-folders.ts";
import { runIdOf } from "../paper/run-id.ts";
import { sourcesDigest } from "../paper/sources.ts";
import type { DatasetOf } from "./ready-datasets.ts";
import type { PlannedRun, TrainingOrder } from "./training-order.ts";

/** What runs are named by. */
type Order = Pick<TrainingOrder, "runs" | "profile" | "folders">;

/** More rows would hide the command in the line. */
const maxRows = 6;

/** A run after those that it starts from. */
function lineage({ row, seed, fromSeed }: PlannedRun): PlannedRun[] {
  const own = { row, seed, fromSeed };
  if (row.from === undefined) return [own];
  return [...lineage({ row: findExperiment(row.from), seed: fromSeed, fromSeed }), own];
}

/**
 * The runs of yours that other sources than today's have trained, stage I before what starts from it.
 *
 * Shipped runs do not count: other sources trained all of them, as the report says.
 */
export async function outdatedRuns(
  { runs, profile, folders }: Order,
  datasetOf: DatasetOf,
): Promise<PlannedRun[]> {
  const today = sourcesDigest();
  const outdated = new Map<string, PlannedRun>();
  const seen = new Set<string>();
  const lineages = runs.flatMap((run) =>
    lineage(run).map((one) => ({ run: one, digest: datasetOf(run).digest })),
  );
  for (const { run, digest } of lineages) {
    const runId = runIdOf(run.row, run.seed, profile, digest, run.fromSeed);
    if (seen.has(runId)) continue;
    seen.add(runId);
    if (!hasEnded(runId, folders)) continue;
    const { provenance } = await readRecord(`${folders.runs}/${runId}/record.json`, runId);
    if (provenance.sources !== today) outdated.set(runId, run);
  }
  return [...outdated.values()];
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
