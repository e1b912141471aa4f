import { compare } from "../statistics.ts";
import { takeTurns } from "../take-turns.ts";
import type { Section } from "./section.ts";

const batch = 128;
/** Multiplications and additions of ResNet-32 for one image, forward and backward: three times 0.139. */
const gigaOperationsAnImage = 0.417;
const size = 2048;

/** Stage I's step beside PyTorch's, and beside what the processor can do at all. */
export const trainingStepSection: Section = {
  name: "training-step",
  about: "a step of stage I, beside PyTorch and beside the machine's arithmetic limit",
  rounds: 20,
  comparesWithPyTorch: true,
  async run(processes, rounds) {
    const kit = processes.kit();
    const pytorch = processes.pytorch();
    const ours = "h2t-kit, images prepared";
    const { matrixProduct = [], ...steps } = await takeTurns(rounds, {
      [ours]: () => kit.seconds("training-steps", { batch, steps: 1 }),
      ...(pytorch && {
        "PyTorch, eager": () => pytorch.seconds("training-step", { batch, format: "contiguous" }),
        "PyTorch, eager, channels_last": () =>
          pytorch.seconds("training-step", { batch, format: "channels_last" }),
      }),
      matrixProduct: () => kit.seconds("matrix-product", { size }),
    });
    const limit = (2 * size ** 3) / 1e9 / Math.min(...matrixProduct);
    return [
      { title: `Training step, batch ${batch}`, unit: "seconds", rows: compare(steps) },
      {
        title: "Arithmetic of that step, single precision",
        unit: "GFLOP/s",
        rows: compare({
          [`product of ${size} × ${size} matrices, the fastest`]: matrixProduct.map(() => limit),
          [ours]: (steps[ours] ?? []).map((time) => (gigaOperationsAnImage * batch) / time),
        }),
      },
    ];
  },
};
