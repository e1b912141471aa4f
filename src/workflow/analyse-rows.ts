import { analyseRun, weightsMissing } from "../analysis/analyse-run.ts";
import { analysisOf } from "../analysis/analyses.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { FailureError } from "../errors.ts";
import { duration } from "../report/duration.ts";
import { formatPercent } from "../report/percent.ts";
import { weightsOf } from "../runs/run-folders.ts";
import { runIdOf } from "../runs/run-plan.ts";
import { interruptible, ofPreparation } from "./progress/interruption.ts";
import type { Output } from "./progress/output.ts";
import { openScreen, type Screen } from "./progress/screen.ts";
import { readyDatasets } from "./ready-datasets.ts";
import type { TrainingOrder } from "./training-order.ts";

const ofAnalysis = {
  code: "ANALYSIS_INTERRUPTED",
  fix: "rerun the command (without --fresh) to resume with the interrupted row",
} as const;

/** What is to be analysed. */
interface AnalysisOrder extends TrainingOrder {
  /** As the runs' rows were asked for, to be told with what trains them. @default their ids */
  readonly names?: readonly string[];
  /** Passes over runs without weights in silence. @default false */
  readonly trainedOnly?: boolean;
}

/**
 * Measures what figures show of runs beyond their records, one after the other, and tells of each as it ends; those without weights
 * or an analysis are passed over with a line on how to train them.
 *
 * @throws {FailureError} if none of them has either and they were asked for, or a file is damaged.
 * @throws {Interrupted} when it was interrupted.
 */
export async function analyseRows(order: AnalysisOrder, output: Output): Promise<void> {
  const { profile, folders, fresh, trainedOnly = false } = order;
  const screen = openScreen(output);
  let isReady = false;
  const work = async (signal: AbortSignal) => {
    const datasetOf = await readyDatasets(order, screen.output, signal);
    isReady = true;
    const analysed = order.runs.map((run) => {
      const dataset = datasetOf(run);
      return { ...run, dataset, runId: runIdOf(run.row, run.seed, profile, dataset.digest, run.fromSeed) };
    });
    const { runs: yours, results: shipped } = folders;
    const isAnalysed = async (runId: string) =>
      !fresh && (await analysisOf(runId, { yours, ...(shipped && { shipped }) })) !== undefined;
    const trained: typeof analysed = [];
    for (const one of analysed) {
      if (weightsOf(one.runId, folders) !== undefined || (await isAnalysed(one.runId))) trained.push(one);
    }
    if (trained.length > 0 && !trainedOnly) {
      for (const { row, ...run } of analysed.filter((one) => !trained.includes(one)))
        screen.output.writeError(`Passed over: ${weightsMissing(row, { ...run, profile }).message}\n`);
    }
    if (trained.length === 0 && !trainedOnly) throw noneTrained(order);
    // Rows that say the same share a run.
    const runs = [...new Map(trained.map((run) => [run.runId, run])).values()];
    const show = showAnalysis(screen, runs.length);
    for (const [i, { row, seed, fromSeed, dataset, runId }] of runs.entries()) {
      const title = `${row.id}, seed ${seed}`;
      let isNew = false;
      const onProgress = (share: number) => {
        isNew = true;
        show(title, i, share);
      };
      const analysis = await analyseRun(row, {
        ...{ dataset, folders, seed, fromSeed, profile, fresh, signal, onProgress },
        onWait: (owner) => screen.output.writeError(`${title}, waits for ${owner}\n`),
      });
      const notes = [`run ${runId}`, ...(isNew ? [] : ["cached"])].join("; ");
      screen.output.write(`${title}, ${profile}: ${factsOf(analysis)}  (${notes})\n`);
    }
  };
  const how = () => (isReady ? ofAnalysis : ofPreparation);
  await interruptible(screen.output, work, how).finally(screen.end);
}

/** That none of the runs asked for has weights or an analysis, and the command that trains all of them. */
function noneTrained({ runs, names, profile }: AnalysisOrder): FailureError {
  const [first, ...others] = runs;
  if (first === undefined) throw new Error("internal: no run was asked for");
  if (others.length === 0) return weightsMissing(first.row, { ...first, profile });
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const fromAnother = runs.find(({ seed, fromSeed }) => seed !== fromSeed);
  const from = fromAnother === undefined ? "" : ` --from-seed ${fromAnother.fromSeed}`;
  const rows = names ?? [...new Set(runs.map(({ row }) => row.id))];
  return new FailureError({
    rule: "a run is analysed by its weights",
    got: `none of ${first.row.id} and ${others.length} other runs, profile ${profile}`,
    remedy: `train them: npx h2t run ${rows.join(" ")} --profile ${profile} --seeds ${seeds.join(",")}${from}`,
  });
}

/** Shows how far the analysis of so many runs is: a bar on a terminal, else a line a run. */
function showAnalysis({ output, newBar }: Screen, total: number) {
  const bar = newBar?.();
  const start = performance.now();
  const timeLeft = (done: number) =>
    done === 0 ? "" : `, ${duration(((performance.now() - start) / 1000) * (total / done - 1))} left`;
  return (title: string, finished: number, share: number) => {
    const done = finished + share;
    const text = `${finished + 1} of ${total}${timeLeft(done)}`;
    bar?.({ done, total, title, text });
    if (bar === undefined && share === 0) output.writeError(`${title}: ${text}\n`);
  };
}

const whole = new Intl.NumberFormat("en");

function factsOf({ confusion, embedding }: Analysis): string {
  const images = confusion.flat().reduce((sum, count) => sum + count, 0);
  const right = confusion.reduce((sum, counts, c) => sum + (counts[c] ?? 0), 0);
  return [
    `${formatPercent((100 * right) / images)}% of ${whole.format(images)} test images recognised after the last epoch`,
    ...(embedding === null ? [] : [`${whole.format(embedding.x.length)} points embedded`]),
  ].join(", ");
}
