import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { crossEntropyLoss } from "./cross-entropy.ts";

/** Which loss a stage minimises; a parameter exists only with its loss. */
export type Loss = { readonly kind: "crossEntropy" };

/** From logits `[batch, C]` and labels int32 `[batch]` to the batch loss. */
export type LossFunction = (logits: Tensor2D, labels: Tensor1D) => Scalar;

/** The function that computes a loss. */
export function lossFunction(loss: Loss): LossFunction {
  switch (loss.kind) {
    case "crossEntropy":
      return (logits, labels) => crossEntropyLoss(logits, labels);
  }
}
