import type { Loss } from "../losses/loss.ts";
import type { Mixing } from "../mixing/mixing.ts";
import type { Schedule } from "../stages/schedule.ts";
import type { Stage } from "../stages/stage.ts";
import type { Profile } from "./experiment.ts";

/** Epochs of either stage in a trial. */
const trialEpochs = 2;
/** The share of stage I's published epochs that each profile trains. */
const share = { demo: 3 / 20, short: 1 / 5 } as const;

/**
 * A stage as a profile runs it: stage I's epochs, warm-up and decays shrink by the same share; stage II is never shortened, but
 * in a trial, which trains two epochs of either.
 *
 * @param stage - as published.
 * @param profile - `short` gives 40 epochs, warm-up 1, decays after 32 and 36; `demo` gives 30, 1, and 24 and 27.
 * @returns a new stage.
 * @example underProfile(findExperiment("table-5/ce").stage, "short").epochs; // → 40
 */
export function underProfile(stage: Stage, profile: Profile): Stage {
  if (profile === "paper") return stage;
  if (profile === "trial") return shortened(stage, trialEpochs / stage.epochs);
  return stage.kind === "classifier" ? stage : shortened(stage, share[profile]);
}

/** Everything that is told in epochs, by the same share, and at least one. */
function shortened(stage: Stage, by: number): Stage {
  const shorten = (epochs: number) => Math.max(1, Math.round(epochs * by));
  return {
    ...stage,
    epochs: shorten(stage.epochs),
    schedule: shortenedSchedule(stage.schedule, shorten),
    loss: shortenedLoss(stage.loss, shorten),
    ...(stage.kind === "representation" ? { mixing: shortenedMixing(stage.mixing, shorten) } : {}),
  };
}

function shortenedSchedule(schedule: Schedule, shorten: (epochs: number) => number): Schedule {
  if (schedule.kind === "cosine") return schedule;
  const { warmupEpochs, decayAfter } = schedule;
  return { ...schedule, warmupEpochs: shorten(warmupEpochs), decayAfter: decayAfter.map(shorten) };
}

function shortenedLoss(loss: Loss, shorten: (epochs: number) => number): Loss {
  if (!("reweightAfter" in loss) || loss.reweightAfter === null) return loss;
  return { ...loss, reweightAfter: shorten(loss.reweightAfter) };
}

function shortenedMixing(mixing: Mixing, shorten: (epochs: number) => number): Mixing {
  return mixing.kind === "cutMix" ? { ...mixing, plainEpochs: shorten(mixing.plainEpochs) } : mixing;
}
