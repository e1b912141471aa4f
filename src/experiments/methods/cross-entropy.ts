import type { RepresentationStage } from "../../stages/stage.ts";
import type { Method, Setting } from "./method.ts";

/** The layer that most methods end in. */
export const linear = { kind: "linear" } as const;

/**
 * Stage I on CIFAR-LT: plain cross-entropy on instance-sampled images.
 *
 * @source paper section 4.2; the warm-up, which the paper leaves out, and the weight decay from code: H2T config/cifar100
 */
export const plainRepresentation = {
  kind: "representation",
  epochs: 200,
  batchSize: 128,
  optimiser: { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 2e-4 },
  schedule: { kind: "multistep", warmupEpochs: 5, decayAfter: [160, 180], factor: 0.1 },
  loss: { kind: "crossEntropy" },
  sampler: "instance",
  mixing: { kind: "none" },
} as const satisfies RepresentationStage;

/** Stage I with mixup, from which every DR row starts. @source code: H2T config/cifar100, alpha 1 */
export const mixupRepresentation = {
  ...plainRepresentation,
  mixing: { kind: "mixup", alpha: 1 },
} as const satisfies RepresentationStage;

/** Key of the row that is stage I with mixup. */
export const mixupStageOne = ({ dataset }: Setting): string => (dataset === "cifar10" ? "ce-mixup" : "ce");

/** Cross-entropy; on CIFAR-100-LT the paper's numbers are those with mixup (code: H2T README, MisLAS README). */
export const ce: Method = {
  key: "ce",
  label: "CE loss",
  recipe: ({ dataset }) => ({
    classifier: linear,
    stage: dataset === "cifar10" ? plainRepresentation : mixupRepresentation,
  }),
  inferred: ({ dataset }) =>
    dataset === "cifar10" ? "without mixup, which the paper's number is nearer to" : undefined,
  deviations: [
    {
      topic: "CE on CIFAR-100-LT",
      paper: "The row named CE loss is cross-entropy with mixup; on CIFAR-10-LT it is plain.",
      kit: "The same, with CE + mixup on CIFAR-10-LT as a row of its own.",
    },
    {
      topic: "Stage I's schedule",
      paper: "The text has no warm-up; the code warms up for 5 epochs.",
      kit: "5 epochs of warm-up.",
    },
  ],
};

/** Stage I of the decoupled methods, where it is not the paper's CE row. */
export const ceMixup: Method = {
  key: "ce-mixup",
  label: "CE + mixup",
  recipe: () => ({ classifier: linear, stage: mixupRepresentation }),
};
