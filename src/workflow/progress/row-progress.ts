import type { Experiment, Profile } from "../../experiments/experiment.ts";
import { planRun, withParents } from "../../runs/run-plan.ts";
import type { TrainingProgress } from "../../training/train-stage.ts";

/** How far a row is, with the rows that it starts from. */
export interface RowProgress {
  /** Images of this stage and those after it. */
  readonly done: number;
  readonly total: number;
  /** `null` until two batches of the stage are done. */
  readonly imagesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/**
 * Follows the training of a row through its stages; the time left counts the stages to come at the speed of the present one.
 *
 * @param row - the row that was asked for.
 * @param profile - how long its stages train.
 * @returns what to call after each batch, with the stage's row, its progress and the time in milliseconds.
 */
export function followRow(
  row: Experiment,
  profile: Profile,
): (stageRow: Experiment, progress: TrainingProgress, now: number) => RowProgress {
  const chain = withParents(planRun(row, { seed: 0, profile, dataDigest: "" }));
  let stageId = "";
  let first = { done: 0, now: 0 };
  return (stageRow, { epoch, images, imagesPerEpoch }, now) => {
    const done = epoch * imagesPerEpoch + images;
    if (stageRow.id !== stageId) {
      stageId = stageRow.id;
      first = { done, now };
    }
    const position = chain.findIndex((plan) => plan.row.id === stageRow.id);
    const epochs = chain.slice(position).reduce((sum, { stage }) => sum + stage.epochs, 0);
    const total = epochs * imagesPerEpoch;
    const seconds = (now - first.now) / 1000;
    const imagesPerSecond = seconds > 0 ? (done - first.done) / seconds : null;
    return {
      done,
      total,
      imagesPerSecond,
      secondsLeft: imagesPerSecond ? (total - done) / imagesPerSecond : null,
    };
  };
}
