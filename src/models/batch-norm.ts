import type { Rank, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import { batchNormInference, batchNormTraining, batchNormWithUpdate } from "../engine/ops/batch-norm.ts";
import type { BatchNormMode } from "./model.ts";

/** Variables of one batch-normalisation layer, `[channels]` each. */
export interface BatchNormVariables {
  readonly scale: Variable<Rank.R1>;
  readonly offset: Variable<Rank.R1>;
  /** Running mean. */
  readonly mean: Variable<Rank.R1>;
  /** Running variance. */
  readonly variance: Variable<Rank.R1>;
}

/**
 * Applies one batch-normalisation layer in the given mode.
 *
 * @param x - `[batch, height, width, channels]`.
 */
export function batchNorm(
  { scale, offset, mean, variance }: BatchNormVariables,
  x: Tensor4D,
  mode: BatchNormMode,
): Tensor4D {
  if (mode === "training") return batchNormTraining(x, scale, offset, mean, variance);
  if (mode === "inference") return batchNormInference(x, scale, offset, mean, variance);
  const { output, update } = batchNormWithUpdate(x, scale, offset);
  mode(update);
  return output;
}
