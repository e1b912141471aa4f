import { analyseRun, weightsMissing } from "../paper/analyse-run.ts";
import { weightsOf } from "../paper/run-folders.ts";
import { runIdOf } from "../paper/run-id.ts";
import { duration } from "../report/duration.ts";
import { formatPercent } from "../report/percent.ts";
import { interruptible } from "./interruption.ts";
import type { Output } from "./output.ts";
import { readyDatasets } from "./ready-datasets.ts";
import { openScreen } from "./screen.ts";
import type { TrainingOrder } from "./training-order.ts";

const howItGoesOn = {
  rule: "an analysis ends with its last row",
  remedy: "the same command, without --fresh, goes on with the row that was interrupted",
} as const;

/**
 * Measures what figures show of runs beyond their records, one after the other, and tells of each as it ends; those without weights
 * are passed over with a line on how to train them.
 *
 * @throws {FailureError} if none of them has weights, or a file is damaged.
 * @throws {Interrupted} when it was interrupted.
 */
export async function analyseRows(order: TrainingOrder, output: Output): Promise<void> {
  const { profile, folders, fresh } = order;
  const screen = openScreen(output);
  const work = async (signal: AbortSignal) => {
    const datasets = await readyDatasets(order, screen.output, signal);
    const analysed = order.runs.map((run) => {
      const dataset = datasets.get(run.row.dataset);
      if (dataset === undefined) throw new Error(`internal: ${run.row.dataset} was not loaded`);
      return { ...run, dataset, runId: runIdOf(run.row, run.seed, profile, dataset.digest, run.fromSeed) };
    });
    const trained = analysed.filter(({ runId }) => weightsOf(runId, folders) !== undefined);
    if (trained.length > 0) {
      for (const { row, ...run } of analysed.filter((one) => !trained.includes(one)))
        screen.output.writeError(`Passed over: ${weightsMissing(row, { ...run, profile }).message}\n`);
    }
    // Rows that say the same share a run; where none is trained, the first says so.
    const shared = new Map((trained.length > 0 ? trained : analysed).map((run) => [run.runId, run]));
    const runs = [...shared.values()];
    const bar = screen.newBar?.();
    const start = performance.now();
    for (const [i, { row, seed, fromSeed, dataset, runId }] of runs.entries()) {
      const title = `${row.id}, seed ${seed}`;
      let isNew = false;
      const secondsLeft = (done: number) =>
        ((performance.now() - start) / 1000) * ((runs.length - done) / done);
      const onProgress = (share: number) => {
        if (!isNew && bar === undefined) {
          const left = i === 0 ? "" : `, about ${duration(secondsLeft(i))} left`;
          screen.output.writeError(`${title}: analysed as ${i + 1} of ${runs.length}${left}\n`);
        }
        isNew = true;
        const done = i + share;
        bar?.({ ...{ done, total: runs.length, title }, text: `${duration(secondsLeft(done))} left` });
      };
      const { confusion, embedding } = await analyseRun(row, {
        ...{ dataset, folders, seed, fromSeed, profile, fresh, signal, onProgress },
      });
      const images = confusion.flat().reduce((sum, count) => sum + count, 0);
      const right = confusion.reduce((sum, counts, c) => sum + (counts[c] ?? 0), 0);
      const facts = [
        `${formatPercent((100 * right) / images)}% of ${images.toLocaleString("en")} test images recognised after the last epoch`,
        `${(embedding?.x.length ?? 0).toLocaleString("en")} points embedded`,
      ];
      const notes = [`run ${runId}`, ...(isNew ? [] : ["was there"])].join("; ");
      screen.output.write(`${title}, ${profile}: ${facts.join(", ")}  (${notes})\n`);
    }
  };
  await interruptible(screen.output, work, howItGoesOn).finally(screen.end);
}
