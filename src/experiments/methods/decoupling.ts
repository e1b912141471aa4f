import type { ClassifierStage } from "../../stages/stage.ts";
import { linear, mixupStageOne } from "./cross-entropy.ts";
import type { Deviation, Method } from "./method.ts";

/**
 * Stage II of DR on CIFAR-LT: the classifier is fine-tuned on class-balanced batches.
 *
 * The paper calls the representation frozen and cites cRT, which draws the classifier anew; the code lets batch-norm's
 * statistics drift and goes on from stage I's classifier. The weight decay of the released configurations is 5e-4 at
 * ratio 100 and 2e-4 at 50 and 200.
 * @source code: H2T config/cifar100, train_stage2.py
 */
export const decoupled = (imbalanceRatio: number): ClassifierStage => ({
  kind: "classifier",
  epochs: 10,
  batchSize: 128,
  optimiser: {
    learningRate: 0.02,
    momentum: 0.9,
    nesterov: false,
    weightDecay: imbalanceRatio === 100 ? 5e-4 : 2e-4,
  },
  schedule: { kind: "cosine" },
  loss: { kind: "crossEntropy" },
  sampler: "class-balanced",
  fusion: { kind: "none" },
  shiftBatchNorm: true,
  initialClassifier: "fine-tuned",
});

/** Of every row of DR. */
export const decouplingDeviations: readonly Deviation[] = [
  {
    topic: "Frozen representation",
    paper: "In stage II the code lets batch-norm's statistics follow the batches.",
    kit: "The same (shift-BN on).",
  },
  {
    topic: "Classifier of stage II",
    paper: "The text cites cRT, which draws it anew; the code goes on from stage I's.",
    kit: "Goes on from stage I's; DR (cRT) draws it anew.",
  },
  {
    topic: "Start of stage II",
    paper:
      "The code reads a stage-I checkpoint and the accuracy of its best epoch; the text does not say which.",
    kit: "The last epoch of stage I, which no test image has chosen.",
  },
  {
    topic: "Weight decay of stage II",
    paper:
      "Not in the text; 5e-4 at ratio 100, 2e-4 at 50 and 200 in the released configurations for CIFAR-100-LT.",
    kit: "The same on both data sets.",
  },
];

/** On CIFAR-10-LT no configuration of stage II was released. */
export const takenFromCifar100 = ({ dataset }: { readonly dataset: string }): string | undefined =>
  dataset === "cifar10" ? "stage II's settings, from those for CIFAR-100-LT" : undefined;

export const drMu: Method = {
  key: "dr-mu",
  label: "DR+MU",
  recipe: (setting) => ({
    ...{ classifier: linear, stage: decoupled(setting.imbalanceRatio), from: mixupStageOne(setting) },
  }),
  inferred: takenFromCifar100,
  deviations: decouplingDeviations,
};

/** The classifier drawn anew, as cRT does. @source Kang et al., ICLR 2020; code: classifier-balancing */
export const drCrt: Method = {
  key: "dr-crt",
  label: "DR (cRT)",
  recipe: (setting) => ({
    classifier: linear,
    stage: { ...decoupled(setting.imbalanceRatio), initialClassifier: "re-initialised" },
    from: mixupStageOne(setting),
  }),
  inferred: () => "learning rate and batch size, from DR+MU",
  deviations: decouplingDeviations,
};

/** Only a scale for each class is learned, for five epochs. @source code: classifier-balancing (LWS) */
export const drLws: Method = {
  key: "dr-lws",
  label: "DR (LWS)",
  recipe: (setting) => ({
    classifier: { kind: "scaledLinear" },
    stage: {
      ...decoupled(setting.imbalanceRatio),
      epochs: 5,
      rateFactors: { weight: 0, bias: 0 },
    },
    from: mixupStageOne(setting),
  }),
  inferred: () => "learning rate and batch size, from DR+MU",
  deviations: decouplingDeviations,
};
