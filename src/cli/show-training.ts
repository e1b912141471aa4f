import { Presets, SingleBar } from "cli-progress";
import type { Experiment, Profile } from "../paper/experiment.ts";
import { underProfile } from "../paper/profiles.ts";
import type { RunOptions } from "../paper/run.ts";
import { duration } from "../report/duration.ts";
import { dash, formatPercent } from "../report/percent.ts";
import type { TrainingProgress } from "../training/train-stage.ts";
import type { Output } from "./output.ts";
import { followRow, type RowProgress } from "./row-progress.ts";

/** Clears the screen from the cursor on. */
const clearBelow = "\u001b[0J";

interface ShownTraining extends Required<Pick<RunOptions, "onProgress" | "onEpoch">> {
  /** Whether anything was trained: a row with a record is not. */
  readonly hasTrained: () => boolean;
  /** Ends the showing, also after an error; a bar left running would keep the process alive. */
  readonly end: () => void;
}

/** Shows the training of one row: a bar on a terminal, else a line an epoch. */
export function showTraining(
  row: Experiment,
  profile: Profile,
  { terminal, writeError }: Output,
): ShownTraining {
  const follow = followRow(row, profile);
  let latest: RowProgress | undefined;
  let stageId: string | undefined;
  let bar: SingleBar | undefined;

  const begin = (stageRow: Experiment, { epoch, epochs }: TrainingProgress) => {
    stageId = stageRow.id;
    bar?.stop();
    if (epoch > 0) writeError(`${stageRow.id} goes on after epoch ${epoch} of ${epochs}\n`);
    if (terminal === undefined) return;
    const format = `${titleOf(stageRow)} {bar} epoch {epoch}/{epochs}, {speed}`;
    bar = new SingleBar({ format, stream: terminal, clearOnComplete: true }, Presets.shades_classic);
  };

  return {
    onProgress(stageRow, progress) {
      latest = follow(stageRow, progress, performance.now());
      const shown = { epoch: progress.epoch + 1, epochs: progress.epochs, speed: speedOf(latest) };
      if (stageRow.id !== stageId) {
        begin(stageRow, progress);
        bar?.start(latest.total, latest.done, shown);
      }
      bar?.update(latest.done, shown);
    },
    onEpoch(stageRow, history) {
      const entry = history.at(-1);
      if (terminal !== undefined || entry === undefined || latest === undefined) return;
      const loss = `loss ${entry.trainLoss.toFixed(3)}`;
      const accuracy = `accuracy ${formatPercent(100 * entry.accuracy)}%`;
      const epoch = `epoch ${entry.epoch} of ${underProfile(stageRow.stage, profile).epochs}`;
      writeError(`${titleOf(stageRow)}: ${epoch}, ${loss}, ${accuracy}, ${speedOf(latest)}\n`);
    },
    hasTrained: () => stageId !== undefined,
    end: () => {
      if (bar === undefined) return;
      bar.stop();
      // The bar goes back to where it began; what was written below it meanwhile would show through.
      terminal?.write(clearBelow);
    },
  };
}

const titleOf = ({ id, stage }: Experiment) => `${id}, stage ${stage.kind === "representation" ? "I" : "II"}`;

function speedOf({ imagesPerSecond, secondsLeft }: RowProgress): string {
  const speed = imagesPerSecond === null ? dash : Math.round(imagesPerSecond).toLocaleString("en");
  return `${speed} images/s, ${secondsLeft === null ? dash : duration(secondsLeft)} left`;
}
