import type { ClassifierKind, SingleClassifierKind } from "../../models/classifier.ts";
import type { RepresentationStage } from "../../stages/stage.ts";
import { linear, mixupRepresentation, plainRepresentation } from "./cross-entropy.ts";
import { decoupled } from "./decoupling.ts";
import { fused, fusionDeviations, oneStageBaseDeviations } from "./head-to-tail.ts";
import { cosine, steepDeviations, steepSchedule } from "./ldam-drw.ts";
import type { Method } from "./method.ts";

const perExpert = (of: SingleClassifierKind): ClassifierKind => ({ kind: "perExpert", of });

/** LDAM's margins for each expert, and a reward for experts that differ. @source code: RIDE model/loss.py */
const expertLoss = { kind: "ride", scale: cosine.scale, maxMargin: 0.5, reweightFactor: 0.05 } as const;

/** Three experts that are to differ, as published. @source code: RIDE configs, model/loss.py */
const published = (scale: number): RepresentationStage => ({
  ...plainRepresentation,
  optimiser: { ...plainRepresentation.optimiser, nesterov: true, weightDecay: 5e-4 },
  schedule: steepSchedule,
  loss: { ...expertLoss, scale, diversityFactor: -0.45, reweightAfter: 160 },
  rotation: 15,
});

export const ride: Method = {
  key: "ride",
  label: "RIDE",
  recipe: () => ({
    ...{ backbone: "resnet32-narrow-experts", classifier: perExpert(cosine), stage: published(cosine.scale) },
  }),
  inferred: ({ dataset }) =>
    dataset === "cifar10" ? "all settings, from those for CIFAR-100-LT" : undefined,
  deviations: [
    ...steepDeviations,
    {
      topic: "Form of RIDE",
      paper:
        "The re-run numbers are those of H2T's port: full width, no rotation, no Nesterov momentum; its configurations are not released.",
      kit: "RIDE as its authors published it; the port is a row of its own, and RIDE+H2T starts from that.",
    },
  ],
};

export const rideLinear: Method = {
  key: "ride-linear",
  label: "RIDE (linear)",
  recipe: () => ({
    ...{ backbone: "resnet32-narrow-experts", classifier: perExpert(linear), stage: published(1) },
  }),
  inferred: () => "the margins, which are not scaled here",
  deviations: steepDeviations,
};

const portLoss = { ...expertLoss, diversityFactor: -0.2, reweightAfter: null } as const;

/** As H2T's code has it. @source code: H2T models/ride_model, utils/logger.py */
export const ridePort: Method = {
  key: "ride-port",
  label: "RIDE (H2T's port)",
  recipe: () => ({
    backbone: "resnet32-experts",
    classifier: perExpert(cosine),
    stage: { ...mixupRepresentation, loss: portLoss },
  }),
  inferred: () => "the schedule, from CE",
};

export const rideH2t: Method = {
  key: "ride-h2t",
  label: "RIDE+H2T",
  base: ridePort.key,
  recipe: ({ imbalanceRatio }) => ({
    backbone: "resnet32-experts",
    classifier: perExpert(cosine),
    stage: { ...fused(decoupled(imbalanceRatio)), loss: portLoss },
    from: ridePort.key,
  }),
  inferred: () => "all of stage II, from DR+H2T: no configuration was released",
  deviations: [...fusionDeviations, ...oneStageBaseDeviations],
};
