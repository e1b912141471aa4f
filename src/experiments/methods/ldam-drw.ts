import type { RepresentationStage } from "../../stages/stage.ts";
import { plainRepresentation } from "./cross-entropy.ts";
import type { Deviation, Method } from "./method.ts";

/** Decays by 0.01 where the paper's text says 0.1. @source code: LDAM cifar_train.py, CMO cifar_train.py, RIDE configs */
export const steepSchedule = {
  ...plainRepresentation.schedule,
  factor: 0.01,
} as const;

/** Of every row with that schedule. */
export const steepDeviations: readonly Deviation[] = [
  {
    topic: "Decays of stage I",
    paper: "The text decays by 0.1 and cites Cao et al. for it, whose code decays by 0.01 twice.",
    kit: "By 0.01, as the methods' own code.",
  },
];

/** Cosine logits by the usual scale. */
export const cosine = { kind: "cosine", scale: 30 } as const;

/** Label-distribution-aware margins with weights of the classes in the last 40 epochs. @source code: LDAM */
export const ldamRepresentation = {
  ...plainRepresentation,
  schedule: steepSchedule,
  loss: { kind: "ldam", scale: cosine.scale, maxMargin: 0.5, reweightAfter: 160 },
} as const satisfies RepresentationStage;

export const ldamDrw: Method = {
  key: "ldam-drw",
  label: "LDAM-DRW",
  recipe: () => ({ classifier: cosine, stage: ldamRepresentation }),
  deviations: [
    ...steepDeviations,
    {
      topic: "When classes are weighed",
      paper: "LDAM's own code begins with epoch 160, counted from 0; H2T's loss one epoch later.",
      kit: "After 160 epochs, as LDAM's code.",
    },
  ],
};
