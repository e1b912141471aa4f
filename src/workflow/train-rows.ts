import type { Experiment } from "../experiments/experiment.ts";
import { formatPercent } from "../report/percent.ts";
import type { RunRecord } from "../runs/record.ts";
import { runExperiment } from "../runs/run.ts";
import { runIdOf } from "../runs/run-plan.ts";
import type { DatasetOf } from "./ready-datasets.ts";
import type { TrainingEvent } from "./training-event.ts";
import type { TrainingOrder } from "./training-order.ts";

/** What training is given besides its order. */
interface Surroundings {
  readonly datasetOf: DatasetOf;
  readonly tell: (event: TrainingEvent) => void;
  readonly signal: AbortSignal;
}

/**
 * Trains and evaluates rows in this process, one after the other.
 *
 * @throws the signal's reason, when it was aborted.
 */
export async function trainRows(
  order: TrainingOrder,
  { datasetOf, tell, signal }: Surroundings,
): Promise<void> {
  const { profile, folders, recompute = false } = order;
  const done = new Set<string>();
  for (const run of order.runs) {
    const { row, seed, fromSeed } = run;
    const dataset = datasetOf(run);
    const runId = runIdOf(row, seed, profile, dataset.digest, fromSeed);
    // Rows that say the same share a run, which `fresh` trains anew once.
    const fresh = order.fresh && !done.has(runId);
    done.add(runId);
    let isNew = false;
    tell({ kind: "row", row, seed });
    const record = await runExperiment(row, {
      ...{ dataset, folders, seed, fromSeed, profile, fresh, recompute, signal },
      onStart: (stageRow, history, changes) =>
        tell({ kind: "start", stageRow, history: [...history], changes }),
      onWait: (stageRow, owner) => tell({ kind: "wait", stageRow, owner }),
      onProgress(stageRow, progress) {
        isNew = true;
        tell({ kind: "batch", stageRow, progress });
      },
      onEpoch(stageRow, history) {
        const epoch = history.at(-1);
        if (epoch !== undefined) tell({ kind: "epoch", stageRow, epoch });
      },
    });
    tell({ kind: "result", line: resultLine(row, record, isNew) });
  }
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
    ...(isNew ? [] : ["cached"]),
  ];
  return `${id}, seed ${seed}, ${profile}: ${percent.join("  ")}  (${notes.join("; ")})\n`;
}
