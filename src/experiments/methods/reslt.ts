import type { Loss } from "../../losses/loss.ts";
import type { ClassifierStage } from "../../stages/stage.ts";
import { mixupRepresentation, plainRepresentation } from "./cross-entropy.ts";
import { decoupled } from "./decoupling.ts";
import { fused, fusionDeviations } from "./head-to-tail.ts";
import type { Method, Setting } from "./method.ts";

/** Heads of all classes, of all but the head, and of the tail, by shares of the classes. @source code: ResLT CIFAR */
const residual = ({ dataset }: Setting, beta: number): Loss => ({
  kind: "reslt",
  beta,
  ...(dataset === "cifar10" ? { mediumFrom: 0.2, tailFrom: 0.4 } : { mediumFrom: 0.35, tailFrom: 0.7 }),
});

const branches = { kind: "residualBranches" } as const;

/** How much the groups' own losses count. @source code: ResLT sh */
function publishedBeta({ dataset, imbalanceRatio }: Setting): number {
  if (dataset === "cifar10") return 0.998;
  return imbalanceRatio === 50 ? 0.99 : 0.995;
}

export const reslt: Method = {
  key: "reslt",
  label: "ResLT",
  recipe: (setting) => ({
    classifier: branches,
    stage: {
      ...plainRepresentation,
      dropLast: true,
      optimiser: { ...plainRepresentation.optimiser, nesterov: true, weightDecay: 5e-4 },
      schedule: { ...plainRepresentation.schedule, warmupFrom: 1 / 3 },
      loss: residual(setting, publishedBeta(setting)),
    },
  }),
  inferred: ({ imbalanceRatio }) => (imbalanceRatio === 200 ? "beta, from that at ratio 100" : undefined),
  deviations: [
    {
      topic: "Form of ResLT",
      paper:
        "The re-run numbers are those of H2T's port: three experts with three branches each, mixup, and a stage II with another beta.",
      kit: "ResLT as its authors published it; the port is a row of its own, and ResLT+H2T starts from its stage I.",
    },
  ],
};

const onlyRatio100OnCifar10 = ({ dataset, imbalanceRatio }: Setting) =>
  dataset === "cifar10" && imbalanceRatio === 100
    ? undefined
    : "all settings, from those for CIFAR-10-LT at ratio 100";

/** @source code: H2T history, config/cifar10/ResLT */
export const resltPortStageOne: Method = {
  key: "reslt-port-stage-1",
  label: "ResLT (port's stage I)",
  recipe: (setting) => ({
    backbone: "resnet32-experts",
    classifier: branches,
    stage: {
      ...mixupRepresentation,
      optimiser: { ...mixupRepresentation.optimiser, weightDecay: 5e-4 },
      loss: residual(setting, 0.998),
    },
  }),
  inferred: onlyRatio100OnCifar10,
};

const stageTwo = (setting: Setting, beta: number): ClassifierStage => ({
  ...decoupled(setting.imbalanceRatio),
  batchSize: 512,
  optimiser: { learningRate: 0.05, momentum: 0.9, nesterov: false, weightDecay: 5e-4 },
  loss: residual(setting, beta),
});

export const resltPort: Method = {
  key: "reslt-port",
  label: "ResLT (H2T's port)",
  recipe: (setting) => ({
    ...{ backbone: "resnet32-experts", classifier: branches },
    ...{ stage: stageTwo(setting, 0.5), from: resltPortStageOne.key },
  }),
  inferred: onlyRatio100OnCifar10,
};

export const resltH2t: Method = {
  key: "reslt-h2t",
  label: "ResLT+H2T",
  base: resltPort.key,
  recipe: (setting) => ({
    ...{ backbone: "resnet32-experts", classifier: branches, from: resltPortStageOne.key },
    stage: { ...fused(stageTwo(setting, 0.3), { ratio: 0.4 }), shiftBatchNorm: false },
  }),
  inferred: onlyRatio100OnCifar10,
  deviations: [
    ...fusionDeviations,
    {
      topic: "Base of ResLT+H2T",
      paper:
        "In the released configurations the base has beta 0.5 and shift-BN on, ResLT+H2T beta 0.3, shift-BN off and p 0.4.",
      kit: "The same: the difference between the two is not that of fusion alone.",
    },
  ],
};
