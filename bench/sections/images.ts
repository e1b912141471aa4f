import { compare } from "../statistics.ts";
import { takeTurns } from "../take-turns.ts";
import type { Section } from "./section.ts";

const batch = 128;

/** What the preparation of images takes of training. */
export const imagesSection: Section = {
  name: "images",
  about: "the step rate with real batches, beside one batch that is prepared once",
  rounds: 30,
  comparesWithPyTorch: false,
  async run(processes, rounds) {
    const kit = processes.kit();
    const rate = (seconds: number) => batch / seconds;
    return [
      {
        title: `Images, training in batches of ${batch}`,
        unit: "images/s",
        rows: compare(
          await takeTurns(rounds, {
            "step on one constant batch": () => kit.seconds("constant-step", { batch }).then(rate),
            "step on drawn, cropped, flipped, normalised images": () =>
              kit.seconds("training-steps", { batch, steps: 1 }).then(rate),
            "their preparation alone": () => kit.seconds("image-preparation", { batch }).then(rate),
          }),
        ),
      },
    ];
  },
};
