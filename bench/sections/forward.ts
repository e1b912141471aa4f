import { compare } from "../statistics.ts";
import { takeTurns } from "../take-turns.ts";
import type { Section } from "./section.ts";

/** A batch of training. */
const batch = 128;
/** As many images as the predictor takes at once. */
const images = 500;

/** Logits in inference mode beside PyTorch's. */
export const forwardSection: Section = {
  name: "forward",
  about: "a forward pass in inference mode and a prediction, beside PyTorch",
  rounds: 15,
  comparesWithPyTorch: true,
  async run(processes, rounds) {
    const kit = processes.kit();
    const pytorch = processes.pytorch();
    const beside = (size: number) =>
      pytorch && {
        "PyTorch, eager": () => pytorch.seconds("forward", { batch: size, format: "contiguous" }),
        "PyTorch, eager, channels_last": () =>
          pytorch.seconds("forward", { batch: size, format: "channels_last" }),
      };
    const oneBatch = await takeTurns(rounds, {
      "h2t-kit": () => kit.seconds("forward", { batch }),
      ...beside(batch),
    });
    const evaluation = await takeTurns(rounds, {
      "h2t-kit, images normalised": () => kit.seconds("prediction", { images }),
      ...beside(images),
    });
    return [
      { title: `Forward pass, inference, batch ${batch}`, unit: "seconds", rows: compare(oneBatch) },
      { title: `Prediction of ${images} images`, unit: "seconds", rows: compare(evaluation) },
    ];
  },
};
