import type { Stage } from "../training/stage.ts";
import type { Profile } from "./experiment.ts";

/** The share of stage I's published epochs that each profile trains. */
const share = { demo: 3 / 20, short: 1 / 5, paper: 1 } as const satisfies Record<Profile, number>;

/**
 * A stage as a profile runs it: stage I's epochs, warm-up and decays shrink by the same share; stage II is never shortened.
 *
 * @param stage - as published.
 * @param profile - `short` gives 40 epochs, warm-up 1, decays after 32 and 36; `demo` gives 30, 1, and 24 and 27.
 * @returns a new stage.
 */
export function underProfile(stage: Stage, profile: Profile): Stage {
  if (stage.kind === "classifier" || profile === "paper") return stage;
  const shorten = (epochs: number) => Math.max(1, Math.round(epochs * share[profile]));
  const { schedule, loss } = stage;
  return {
    ...stage,
    epochs: shorten(stage.epochs),
    loss:
      "reweightAfter" in loss && loss.reweightAfter !== null
        ? { ...loss, reweightAfter: shorten(loss.reweightAfter) }
        : loss,
    schedule:
      schedule.kind === "multistep"
        ? {
            ...schedule,
            warmupEpochs: shorten(schedule.warmupEpochs),
            decayAfter: schedule.decayAfter.map(shorten),
          }
        : schedule,
  };
}
