import type { Tensor2D, Variable } from "@tensorflow/tfjs-node-gpu";
import type { Classifier } from "./model.ts";

/** A classifier whose loss sees the logits that it predicts with. */
export function singleHead(
  parameters: Readonly<Record<string, Variable>>,
  logits: (features: Tensor2D) => Tensor2D,
): Classifier {
  return {
    parameters: new Map(Object.entries(parameters)),
    statistics: new Map(),
    moments: 1,
    heads: (features) => [logits(features)],
    logits,
  };
}
