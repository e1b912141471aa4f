import { classifyMap } from "../models/model.ts";
import type { BatchMixing } from "./mixing.ts";

/** Leaves the batch unmixed. */
export const noMixing: BatchMixing = {
  inputs: {},
  targets: 1,
  beginEpoch: () => () => ({}),
  forward: (model, images, labels) => ({
    outputs: classifyMap(model, model.backbone.featureMap(images, "training"), "training"),
    targets: [{ labels }],
  }),
};
