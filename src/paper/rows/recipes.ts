import type { ClassifierStage, RepresentationStage } from "../../training/stage.ts";
import type { Experiment } from "../experiment.ts";

const crossEntropy = { kind: "crossEntropy" } as const;

/** The layer that every row of Tables 1 (CE, DR) and 5 ends in. */
export const linear = { kind: "linear" } as const satisfies Experiment["classifier"];

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
  loss: crossEntropy,
  sampler: "instance",
  mixing: { kind: "none" },
} as const satisfies RepresentationStage;

/** Stage I with mixup, from which every DR row starts. @source code: H2T config/cifar100, alpha 1 */
export const mixupRepresentation = {
  ...plainRepresentation,
  mixing: { kind: "mixup", alpha: 1 },
} as const satisfies RepresentationStage;

/**
 * Stage II of DR on CIFAR-LT: the classifier is fine-tuned on class-balanced batches.
 *
 * The paper calls the representation frozen and cites cRT, which draws the classifier anew; the code lets batch-norm's
 * statistics drift and goes on from stage I's classifier. The weight decay of the released configurations is 5e-4 at
 * ratio 100 and 2e-4 at 50 and 200.
 * @source code: H2T config/cifar100, train_stage2.py
 */
export function decoupled(imbalanceRatio: number): ClassifierStage {
  return {
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
    loss: crossEntropy,
    sampler: "class-balanced",
    fusion: { kind: "none" },
    shiftBatchNorm: true,
    initialClassifier: "fine-tuned",
  };
}

/** p of every table: the paper's best in section 4.4. The released configurations say 0.25. */
const fusionRatio = 0.3;

/**
 * Stage II of DR with head-to-tail fusion.
 *
 * @param fusingSampler - draws the batch that lends its channels.
 * @param ratio - p, the fraction of channels that is replaced.
 * @source paper section 3.3
 */
export function fused(
  imbalanceRatio: number,
  fusingSampler: "instance" | "class-balanced" | "reversed",
  ratio = fusionRatio,
): ClassifierStage {
  return { ...decoupled(imbalanceRatio), fusion: { kind: "headToTail", ratio, fusingSampler } };
}
