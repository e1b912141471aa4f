import type { Experiment, Profile } from "../../experiments/experiment.ts";
import { underProfile } from "../../experiments/profiles.ts";
import { liveTrainingChart } from "../../report/live-training-chart.ts";
import type { RunRecord } from "../../runs/record.ts";
import type { TrainingEvent } from "../training-event.ts";
import type { Screen } from "./screen.ts";
import { showTraining } from "./show-training.ts";

/** The training of rows as a notebook shows it. */
interface ShownRuns {
  /** Takes what is told of it. */
  tell(event: TrainingEvent): void;
  /** Where it is, such as `after 3 of 10 epochs of table-5/dr, seed 0`. */
  place(): string;
  /** Shows what was not shown yet. */
  end(): void;
}

/** Shows the training of rows as progress and, below it in a notebook, as a chart; follows where it is. */
export function showRuns(profile: Profile, screen: Screen): ShownRuns {
  const chart = liveTrainingChart(profile);
  const show = showTraining(profile, screen);
  let seed = 0;
  let running: { readonly row: Experiment; readonly history: RunRecord["history"] } | undefined;
  return {
    tell(event) {
      show(event);
      if (event.kind === "row") ({ seed } = event);
      if (event.kind === "start") running = { row: event.stageRow, history: [...event.history] };
      if (event.kind === "epoch") running?.history.push(event.epoch);
      if (running && (event.kind === "start" || event.kind === "epoch"))
        chart.update(running.row, running.history, seed);
    },
    place() {
      if (running === undefined) return "before the first epoch";
      const { row, history } = running;
      const { epochs } = underProfile(row.stage, profile);
      return `after ${history.length} of ${epochs} epochs of ${row.id}, seed ${seed}`;
    },
    end() {
      chart.end();
      screen.end();
    },
  };
}
