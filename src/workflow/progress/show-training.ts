import type { Experiment, Profile } from "../../experiments/experiment.ts";
import { underProfile } from "../../experiments/profiles.ts";
import { duration } from "../../report/duration.ts";
import { dash, formatPercent } from "../../report/percent.ts";
import type { TrainingEvent } from "../training-event.ts";
import { followRow, type RowProgress } from "./row-progress.ts";
import type { Screen } from "./screen.ts";

/** Without a bar a line comes after so many milliseconds of silence: an epoch of real images may take minutes. */
const silenceLimit = 30_000;

/**
 * Shows the training of rows, one after the other: a bar on a terminal, else a line per epoch and after half a minute; results on either.
 *
 * @param now - milliseconds, from any beginning.
 * @returns what is to be told of it.
 */
export function showTraining(
  profile: Profile,
  { output, newBar }: Screen,
  now: () => number = () => performance.now(),
): (event: TrainingEvent) => void {
  const show = newBar?.();
  let lastLine = now();
  let seed = 0;
  let follow: ReturnType<typeof followRow> | undefined;
  let latest: RowProgress | undefined;

  return (event) => {
    switch (event.kind) {
      case "row":
        ({ seed } = event);
        follow = followRow(event.row, profile);
        break;
      case "start": {
        const { stageRow, history, changes } = event;
        if (history.length === 0) break;
        const epochs = `epoch ${history.length} of ${underProfile(stageRow.stage, profile).epochs}`;
        const other =
          changes.length === 0
            ? ""
            : ` with ${changes.join(", ")}: its last bits may not be those of a run in one go`;
        output.writeError(`${stageRow.id}, seed ${seed}, goes on after ${epochs}${other}\n`);
        break;
      }
      case "wait":
        output.writeError(`${event.stageRow.id}, seed ${seed}, waits for ${event.owner}\n`);
        break;
      case "batch": {
        const { stageRow, progress } = event;
        latest = follow?.(stageRow, progress, now());
        if (latest === undefined) break;
        const text = `epoch ${progress.epoch + 1}/${progress.epochs}, ${speedOf(latest)}`;
        show?.({ ...latest, title: titleOf(stageRow, seed), text });
        if (show !== undefined || now() - lastLine < silenceLimit) break;
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

const titleOf = ({ id, stage }: Experiment, seed: number) =>
  `${id}, seed ${seed}, stage ${stage.kind === "representation" ? "I" : "II"}`;

function speedOf({ imagesPerSecond, secondsLeft }: RowProgress): string {
  const speed = imagesPerSecond === null ? dash : Math.round(imagesPerSecond).toLocaleString("en");
  return `${speed} images/s, ${secondsLeft === null ? dash : duration(secondsLeft)} left`;
}
