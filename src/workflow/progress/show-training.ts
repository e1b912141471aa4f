import type { Experiment, Profile } from "../../experiments/experiment.ts";
import { underProfile } from "../../experiments/profiles.ts";
import { duration } from "../../report/duration.ts";
import { dash, formatPercent } from "../../report/percent.ts";
import type { TrainingEvent } from "../training-event.ts";
import { followRow, type RowProgress } from "./row-progress.ts";
import type { Screen } from "./screen.ts";

/** Milliseconds between two lines without a bar: an epoch of real images may take minutes. */
const silenceLimit = 30_000;
/** Milliseconds until a stage's first line, in which its speed settles. */
const settlingTime = 3000;

/**
 * Shows the training of rows: a bar on a terminal; elsewhere a line within seconds, one per epoch and one per half minute.
 *
 * @param now - the time in milliseconds.
 * @returns the function to call with each event.
 */
export function showTraining(
  profile: Profile,
  { output, newBar }: Screen,
  now: () => number = () => performance.now(),
): (event: TrainingEvent) => void {
  const show = newBar?.();
  let lastLine = now();
  let seed = 0;
  let rowId = "";
  let follow: ReturnType<typeof followRow> | undefined;
  let latest: RowProgress | undefined;

  return (event) => {
    switch (event.kind) {
      case "row":
        ({ seed } = event);
        rowId = event.row.id;
        follow = followRow(event.row, profile);
        break;
      case "start": {
        const { stageRow, history, changes } = event;
        const { epochs } = underProfile(stageRow.stage, profile);
        // So that the first speed and time left are shown soon.
        lastLine = now() - silenceLimit + settlingTime;
        if (history.length > 0)
          output.writeError(resumingLine(stageRow, seed, history.length, epochs, changes));
        else if (stageRow.id !== rowId) {
          output.writeError(
            `${rowId} starts from ${stageRow.id} (seed ${seed}), which has no weights yet: its ${epochs} epochs come first.\n`,
          );
        }
        break;
      }
      case "wait":
        output.writeError(
          `Waiting for ${event.owner}, which is training ${event.stageRow.id} (seed ${seed}).\n`,
        );
        break;
      case "batch": {
        const { stageRow, progress } = event;
        latest = follow?.(stageRow, progress, now());
        if (latest === undefined) break;
        const text = `epoch ${progress.epoch + 1}/${progress.epochs}, ${speedOf(latest)}`;
        show?.({ ...latest, title: titleOf(stageRow, seed), text });
        if (show !== undefined || latest.imagesPerSecond === null) break;
        // An epoch's last batch is followed by the epoch's own line.
        if (now() - lastLine < silenceLimit || progress.images === progress.imagesPerEpoch) break;
        lastLine = now();
        const percent = Math.floor((100 * progress.images) / progress.imagesPerEpoch);
        output.writeError(
          `${titleOf(stageRow, seed)}: ${percent}% of epoch ${progress.epoch + 1} of ${progress.epochs}, ${speedOf(latest)}\n`,
        );
        break;
      }
      case "epoch": {
        const { stageRow, epoch } = event;
        if (show !== undefined || latest === undefined) break;
        lastLine = now();
        const loss = `loss ${epoch.trainLoss.toFixed(3)}`;
        const accuracy = `accuracy ${formatPercent(100 * epoch.accuracy)}%`;
        const epochs = `epoch ${epoch.epoch} of ${underProfile(stageRow.stage, profile).epochs}`;
        output.writeError(
          `${titleOf(stageRow, seed)}: ${epochs}, ${loss}, ${accuracy}, ${speedOf(latest)}\n`,
        );
        break;
      }
      case "result":
        output.write(event.line);
    }
  };
}

/** A line such as "Resuming table-5/dr (seed 0) after epoch 3 of 10." */
function resumingLine(
  { id }: Experiment,
  seed: number,
  done: number,
  epochs: number,
  changes: readonly string[],
): string {
  const other =
    changes.length === 0
      ? ""
      : ` Now ${changes.join(", ")}: the last digits may differ from an uninterrupted run.`;
  return `Resuming ${id} (seed ${seed}) after epoch ${done} of ${epochs}.${other}\n`;
}

const titleOf = ({ id, stage }: Experiment, seed: number) =>
  `${id}, seed ${seed}, stage ${stage.kind === "representation" ? "I" : "II"}`;

function speedOf({ imagesPerSecond, secondsLeft }: RowProgress): string {
  const speed = imagesPerSecond === null ? dash : Math.round(imagesPerSecond).toLocaleString("en");
  return `${speed} images/s, ${secondsLeft === null ? dash : duration(secondsLeft)} left`;
}
