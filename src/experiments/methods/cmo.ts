import type { Loss } from "../../losses/loss.ts";
import type { RepresentationStage } from "../../stages/stage.ts";
import { linear, plainRepresentation } from "./cross-entropy.ts";
import { steepDeviations, steepSchedule } from "./ldam-drw.ts";
import type { Method } from "./method.ts";

/** Minority classes pasted over the others. @source code: CMO cifar_train.py */
const oversampled = (loss: Loss): RepresentationStage => ({
  ...plainRepresentation,
  schedule: steepSchedule,
  loss,
  mixing: { kind: "cutMix", sampler: "class-balanced", probability: 0.5, plainEpochs: 4 },
});

const inferred: NonNullable<Method["inferred"]> = ({ dataset }) =>
  dataset === "cifar10" ? "all settings, from those for CIFAR-100-LT" : undefined;

export const ceCmo: Method = {
  key: "ce-cmo",
  label: "CE+CMO",
  recipe: () => ({ classifier: linear, stage: oversampled({ kind: "crossEntropy" }) }),
  inferred,
  deviations: steepDeviations,
};

export const bsceCmo: Method = {
  key: "bsce-cmo",
  label: "BSCE+CMO",
  recipe: () => ({ classifier: linear, stage: oversampled({ kind: "balancedSoftmax" }) }),
  inferred,
  deviations: steepDeviations,
};
