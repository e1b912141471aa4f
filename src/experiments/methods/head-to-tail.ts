import type { Fusion } from "../../fusion/fusion.ts";
import type { ClassifierStage } from "../../stages/stage.ts";
import { linear, mixupStageOne, plainRepresentation } from "./cross-entropy.ts";
import { decoupled, decouplingDeviations, drMu, takenFromCifar100 } from "./decoupling.ts";
import { cosine, ldamDrw } from "./ldam-drw.ts";
import type { Deviation, Method } from "./method.ts";

/** p of every table: the paper's best in section 4.4. The released configurations say 0.25. */
const fusionRatio = 0.3;

/** Of every row with fusion. */
export const fusionDeviations: readonly Deviation[] = [
  {
    topic: "Fusion ratio p",
    paper:
      "Equation 2 reads as the fraction of channels kept; text, Figure 5 and code use the fraction replaced. 0.3 is best in the text, 0.25 stands in the released configurations.",
    kit: "The fraction replaced; 0.3 in every table, for ResLT+H2T 0.4 as in its configuration.",
  },
  {
    topic: "Whose channels",
    paper: "The text does not say whether each image draws its own; the code draws once a batch and expert.",
    kit: "Once a batch and expert, ⌊p·d⌋ of d.",
  },
  {
    topic: "Which batch receives",
    paper:
      "The contributions' list has balanced features lend to instance-sampled ones; section 3.3, Algorithm 1 and the code do the reverse.",
    kit: "Balanced batches receive; their labels count.",
  },
];

/** Of those rows whose base ends with stage I. */
export const oneStageBaseDeviations: readonly Deviation[] = [
  {
    topic: "Base of one stage",
    paper: "H2T changes stage II; LDAM-DRW, BSCE and RIDE have none.",
    kit: "Their +H2T rows add DR+H2T's stage II: the difference to the base is that of retraining the classifier, too.",
  },
];

/**
 * Lends a stage's class-balanced batches channels of a second batch: what every "+H2T" row adds.
 *
 * @param stage - stage II of the base method.
 * @param fusion - draws that batch instance by instance and replaces 0.3 of the channels, unless it says otherwise.
 * @source paper section 3.3; code: H2T train_stage2.py (class-balanced draws for the fused branch)
 */
export function fused(
  stage: ClassifierStage,
  fusion: Partial<Extract<Fusion, { kind: "headToTail" }>> = {},
): ClassifierStage {
  return {
    ...stage,
    sampler: "class-balanced",
    fusion: { kind: "headToTail", ratio: fusionRatio, fusingSampler: "instance", ...fusion },
  };
}

export const drH2t: Method = {
  key: "dr-h2t",
  label: "DR+H2T",
  base: drMu.key,
  recipe: (setting) => ({
    ...{ classifier: linear, stage: fused(decoupled(setting.imbalanceRatio)), from: mixupStageOne(setting) },
  }),
  inferred: takenFromCifar100,
  deviations: [...decouplingDeviations, ...fusionDeviations],
};

/** DR+H2T but for what the channels are given: neither the fusing batch's nor their own. */
const ablation = (key: string, label: string, content: "zeros" | "noise"): Method => ({
  ...drH2t,
  ...{ key, label },
  recipe: (setting) => ({
    classifier: linear,
    stage: fused(decoupled(setting.imbalanceRatio), { content }),
    from: mixupStageOne(setting),
  }),
});

export const drZeros: Method = ablation("dr-zeros", "DR + zeros", "zeros");
export const drNoise: Method = ablation("dr-noise", "DR + noise", "noise");

/** Balanced softmax from the start: the prior is in its loss. @source code: BALMS; Ren et al., NeurIPS 2020 */
export const bsce: Method = {
  key: "bsce",
  label: "BSCE",
  recipe: () => ({
    classifier: linear,
    stage: { ...plainRepresentation, loss: { kind: "balancedSoftmax" } },
  }),
  inferred: () => "the schedule of CE",
};

/** Under class-balanced draws the prior is even, and balanced softmax is cross-entropy. */
export const bsceH2t: Method = {
  key: "bsce-h2t",
  label: "BSCE+H2T",
  base: bsce.key,
  recipe: (setting) => ({
    ...{ classifier: linear, stage: fused(decoupled(setting.imbalanceRatio)), from: bsce.key },
  }),
  inferred: () => "all of stage II, from DR+H2T",
  deviations: [...fusionDeviations, ...oneStageBaseDeviations],
};

/** LDAM's margins without the weights of its last epochs, which class-balanced draws replace. */
export const ldamH2t: Method = {
  key: "ldam-drw-h2t",
  label: "LDAM-DRW+H2T",
  base: ldamDrw.key,
  recipe: (setting) => ({
    classifier: cosine,
    stage: {
      ...fused(decoupled(setting.imbalanceRatio)),
      loss: { kind: "ldam", scale: cosine.scale, maxMargin: 0.5, reweightAfter: null },
    },
    from: ldamDrw.key,
  }),
  inferred: () => "all of stage II, from DR+H2T",
  deviations: [...fusionDeviations, ...oneStageBaseDeviations],
};
