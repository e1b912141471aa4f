import { linear, plainRepresentation } from "./cross-entropy.ts";
import type { Method } from "./method.ts";

/** Bilateral branches: instance-sampled and reversed batches, each through a branch of its own. @source code: BBN */
export const bbn: Method = {
  key: "bbn",
  label: "BBN",
  recipe: () => ({
    backbone: "resnet32-bilateral",
    classifier: linear,
    stage: {
      ...plainRepresentation,
      dropLast: true,
      optimiser: { ...plainRepresentation.optimiser, nesterov: true },
      // Warm-up goes in five steps from a third of the rate to all of it, which a sixth epoch begins with.
      schedule: { kind: "multistep", warmupEpochs: 6, warmupFrom: 0.2, decayAfter: [120, 160], factor: 0.01 },
      mixing: { kind: "bilateral", sampler: "reversed" },
    },
  }),
};
