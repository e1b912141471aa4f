import type { ClassifierStage } from "../../stages/stage.ts";
import { linear, mixupStageOne } from "./cross-entropy.ts";
import { decoupled } from "./decoupling.ts";
import { fused, fusionDeviations } from "./head-to-tail.ts";
import type { Method, Setting } from "./method.ts";

/** Smoothing of the most and of the least frequent class, and by how much slower the weights learn than the scales. */
const published = {
  "cifar10/100": { head: 0.3, tail: 0, factor: 0.5 },
  "cifar10/50": { head: 0.2, tail: 0, factor: 0.2 },
  "cifar100/100": { head: 0.4, tail: 0.1, factor: 0.2 },
  "cifar100/50": { head: 0.3, tail: 0, factor: 0.1 },
} as const;

const settingsOf = ({ dataset, imbalanceRatio }: Setting) =>
  published[`${dataset}/${imbalanceRatio === 200 ? 100 : imbalanceRatio}`];

/** Shifted batch norm where MisLAS has it. */
const normalisation = ({ dataset }: Setting) =>
  dataset === "cifar100" ? ({ shiftBatchNorm: true } as const) : ({ shiftBatchNorm: false } as const);

/** Label-aware smoothing on class-aware draws. @source code: MisLAS config/cifar10, config/cifar100, train_stage2.py */
function stageTwo(setting: Setting): ClassifierStage {
  const { head, tail } = settingsOf(setting);
  return {
    ...decoupled(setting.imbalanceRatio),
    optimiser: { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 2e-4 },
    loss: { kind: "labelAwareSmoothing", headSmoothing: head, tailSmoothing: tail },
    sampler: "class-aware",
    ...normalisation(setting),
  };
}

const inferred = ({ imbalanceRatio }: Setting) =>
  imbalanceRatio === 200 ? "stage II's settings, from those at ratio 100" : undefined;

export const mislas: Method = {
  key: "mislas",
  label: "MisLAS",
  recipe: (setting) => {
    const { factor } = settingsOf(setting);
    return {
      classifier: { kind: "scaledLinear" },
      stage: { ...stageTwo(setting), rateFactors: { weight: factor, bias: factor } },
      from: mixupStageOne(setting),
    };
  },
  inferred,
  deviations: [
    {
      topic: "Steps of an epoch of MisLAS",
      paper: "MisLAS's code takes one batch more than the images fill.",
      kit: "As many batches as the images fill, as every other row.",
    },
  ],
};

export const mislasH2t: Method = {
  key: "mislas-h2t",
  label: "MisLAS+H2T",
  base: mislas.key,
  recipe: (setting) => {
    const stage = fused(stageTwo(setting));
    const learningRate = stage.optimiser.learningRate * settingsOf(setting).factor;
    return {
      classifier: linear,
      stage: { ...stage, optimiser: { ...stage.optimiser, learningRate } },
      from: mixupStageOne(setting),
    };
  },
  inferred: () => "all but the loss and the draws, from MisLAS: no configuration was released",
  deviations: [
    ...fusionDeviations,
    {
      topic: "Scales of MisLAS+H2T",
      paper: "H2T's code has MisLAS's learnable scales commented out in stage II.",
      kit: "Without them, too; MisLAS itself has them. The weights learn at the same rate in both: 0.1 times MisLAS's factor.",
    },
    {
      topic: "Draws of MisLAS+H2T",
      paper: "MisLAS's code draws class-aware; H2T's code draws class-balanced for the batch that is fused.",
      kit: "The same: the difference between the two is not that of fusion alone.",
    },
  ],
};
