import type { Dataset } from "../images/image-set.ts";
import type { DatasetName, Experiment, Profile } from "../paper/experiment.ts";
import type { RunRecord } from "../paper/record.ts";
import { type RunFolders, runExperiment } from "../paper/run.ts";
import { runIdOf } from "../paper/run-id.ts";
import { formatPercent } from "../report/percent.ts";
import { interruptible } from "./interruption.ts";
import type { Output } from "./output.ts";
import { readyDataset } from "./ready-dataset.ts";
import { showTraining } from "./show-training.ts";

/** What is to be trained, and where. */
export interface TrainingOrder {
  readonly rows: readonly Experiment[];
  readonly seeds: readonly number[];
  readonly profile: Profile;
  /** Trains anew, whatever is there. */
  readonly fresh: boolean;
  readonly dataDir: string;
  /** Whether absent data sets are downloaded. */
  readonly download: boolean;
  readonly folders: RunFolders;
}

/**
 * Trains and evaluates rows, one after the other, and tells of each as it ends.
 *
 * @returns how many were trained; the others have a record.
 * @throws {KitError} with exit code 130, when it was interrupted.
 */
export function trainRows(order: TrainingOrder, output: Output): Promise<number> {
  return interruptible(output, async (signal) => {
    const datasets = new Map<DatasetName, Dataset>();
    // All of them first: what is missing at the end of a night should be told in the evening.
    for (const { dataset: name } of order.rows) {
      if (datasets.has(name)) continue;
      datasets.set(name, await readyDataset(name, order.dataDir, output, order));
      signal.throwIfAborted();
    }
    let trained = 0;
    const done = new Set<string>();
    for (const row of order.rows) {
      const dataset = datasets.get(row.dataset);
      if (dataset === undefined) throw new Error(`internal: ${row.dataset} was not loaded`);
      for (const seed of order.seeds) {
        const { profile, folders } = order;
        const runId = runIdOf(row, seed, profile, dataset.digest);
        // Rows that say the same share a run, which `fresh` trains anew once.
        const fresh = order.fresh && !done.has(runId);
        done.add(runId);
        const shown = showTraining(row, profile, output);
        const { onProgress, onEpoch, hasTrained, end } = shown;
        const record = await runExperiment(row, {
          ...{ dataset, folders, seed, profile, fresh, onProgress, onEpoch, signal },
        }).finally(end);
        if (hasTrained()) trained++;
        output.write(resultLine(row, record, hasTrained()));
      }
    }
    return trained;
  });
}

function resultLine({ id }: Experiment, record: RunRecord, isNew: boolean): string {
  const { seed, profile, bestOnTest, data, history } = record;
  const { head, medium, tail } = bestOnTest.groups.byIndex;
  const percent = Object.entries({ head, medium, tail, all: bestOnTest.accuracy }).map(
    ([name, fraction]) => `${name} ${formatPercent(fraction === null ? null : 100 * fraction)}`,
  );
  const notes = [
    `% at epoch ${bestOnTest.epoch} of ${history.length}, the best on the test set`,
    ...(data.origin === "official" ? [] : [`${data.origin} images`]),
    ...(isNew ? [] : ["was there"]),
  ];
  return `${id}, seed ${seed}, ${profile}: ${percent.join("  ")}  (${notes.join("; ")})\n`;
}
