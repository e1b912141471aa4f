import type { ClassifierStage, RepresentationStage } from "../../stages/stage.ts";
import { mixupRepresentation } from "./cross-entropy.ts";
import { decoupled } from "./decoupling.ts";
import { fused, fusionDeviations } from "./head-to-tail.ts";
import { cosine } from "./ldam-drw.ts";
import type { Method } from "./method.ts";

/** Gaussian clouded logits. @source code: GCL cifar_train_stage1.py */
const stageOne = {
  ...mixupRepresentation,
  batchSize: 64,
  loss: { kind: "gcl", scale: cosine.scale, noiseScale: 0.5, margin: 0, focal: 0 },
} as const satisfies RepresentationStage;

/** Cosine logits of stage II. */
const wideCosine = { kind: "cosine", scale: 20 } as const;

/** Class-balanced, with a margin and a focus on what is wrong. @source code: GCL cifar_train_stage2.py */
const stageTwo: ClassifierStage = {
  ...decoupled(50),
  optimiser: { learningRate: 0.002, momentum: 0.9, nesterov: false, weightDecay: 2e-4 },
  loss: { kind: "gcl", scale: wideCosine.scale, noiseScale: 0.5, margin: 0.1, focal: 1 },
  shiftBatchNorm: false,
};

/** Stage I of the two rows below. */
export const gclStageOne: Method = {
  key: "gcl-stage-1",
  label: "GCL (stage I)",
  recipe: () => ({ classifier: cosine, stage: stageOne }),
};

export const gcl: Method = {
  key: "gcl",
  label: "GCL",
  recipe: () => ({ classifier: wideCosine, stage: stageTwo, from: gclStageOne.key }),
  inferred: () => "no mixup in stage II",
  deviations: [
    {
      topic: "Stage II of GCL",
      paper:
        "10 epochs and batches of 128 in the text; 30 epochs, batches of 64 and mixup in GCL's own code.",
      kit: "10 epochs, batches of 128, no mixup; learning rate, loss and shift-BN off from GCL's code.",
    },
  ],
};

export const gclH2t: Method = {
  key: "gcl-h2t",
  label: "GCL+H2T",
  base: gcl.key,
  recipe: () => ({ classifier: wideCosine, stage: fused(stageTwo), from: gclStageOne.key }),
  inferred: () => "all of stage II, from GCL: no configuration was released",
  deviations: fusionDeviations,
};
