import type { Experiment, Profile } from "../experiments/experiment.ts";
import { underProfile } from "../experiments/profiles.ts";
import { notebookPlace } from "../notebook/notebook-place.ts";
import { paced } from "../notebook/paced.ts";
import type { RunRecord } from "../runs/record.ts";
import { bundleOf, displayGrowingCurves, displayTrainingCurves } from "./display.ts";
import type { TrainedRun } from "./figures/training-curves.ts";

/** Milliseconds between two drawings, which hold every epoch so far. */
const interval = 1000;

/** A chart that grows while runs train. */
export interface LiveTrainingChart {
  /**
   * Takes what a run has come to.
   *
   * @param experiment - the run's row.
   * @param history - its epochs so far; those of an interrupted run, too.
   * @param seed - the run's. @default 0
   */
  update(experiment: Experiment, history: RunRecord["history"], seed?: number): void;
  /** Draws the whole a last time, and interactive where Plotly's renderer is installed. */
  end(): void;
}

/**
 * A chart of training loss and test accuracy below the notebook's cell that runs, redrawn in place as epochs end.
 *
 * @param profile - how long the runs train.
 * @returns a chart that shows nothing where no notebook is.
 * @example
 * const chart = liveTrainingChart("demo");
 * await runExperiment(row, { dataset, folders, profile: "demo", onStart: chart.update, onEpoch: chart.update });
 * chart.end();
 */
export function liveTrainingChart(profile: Profile): LiveTrainingChart {
  const show = notebookPlace();
  const runs = new Map<string, TrainedRun>();
  const draw = (curves: typeof displayTrainingCurves) => show?.(bundleOf(curves([...runs.values()])));
  const { take, flush } = paced(() => draw(displayGrowingCurves), interval);
  return {
    update(experiment, history, seed = 0) {
      const { epochs } = underProfile(experiment.stage, profile);
      const key = `${experiment.id}, seed ${seed}`;
      // The run that trains is the last one.
      runs.delete(key);
      if (history.length === 0) return;
      runs.set(key, { experiment, seed, epochs, history: [...history] });
      take(undefined);
      if (history.length === epochs) flush();
    },
    end() {
      if (runs.size > 0) draw(displayTrainingCurves);
    },
  };
}
