import type { ClassifierStage } from "../../stages/stage.ts";
import type { Experiment } from "../experiment.ts";
import { mixupStageOne } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";

/** 0, 0.1, …, 2.0: the published sweep. */
const taus = Array.from({ length: 21 }, (_, i) => i / 10);

/** One epoch in which nothing learns: what stage I left is measured with other lengths of its weights. */
const measured: ClassifierStage = {
  ...decoupled(100),
  epochs: 1,
  shiftBatchNorm: false,
  rateFactors: { weight: 0 },
};

/**
 * τ-normalisation of DR's stage I at ratio 100, for every τ of the sweep: `tau-norm/cifar10/100/0.7`.
 *
 * The published choice of τ is made on validation images, which these data sets lack: the sweep is shown whole.
 *
 * @source code: classifier-balancing tau_norm.py
 */
export const tauNormRows: readonly Experiment[] = (["cifar10", "cifar100"] as const).flatMap((dataset) => {
  const setting = { dataset, imbalanceRatio: 100 } as const;
  return taus.map((tau) => ({
    id: `tau-norm/${dataset}/100/${tau.toFixed(1)}`,
    label: `DR (τ-norm), τ = ${tau.toFixed(1)}`,
    ...setting,
    backbone: "resnet32",
    classifier: { kind: "tauNormalised", tau },
    stage: measured,
    from: `table-1/${dataset}/100/${mixupStageOne(setting)}`,
  }));
});
