import type { Tensor2D, Variable } from "@tensorflow/tfjs-node-gpu";
import type { Classifier } from "./model.ts";

/** Builds a classifier with a single output, which serves both loss and prediction. */
export function singleOutput(
  parameters: Readonly<Record<string, Variable>>,
  logits: (features: Tensor2D) => Tensor2D,
): Classifier {
  return {
    parameters: new Map(Object.entries(parameters)),
    statistics: new Map(),
    moments: 1,
    outputs: (features) => [logits(features)],
    logits,
  };
}
