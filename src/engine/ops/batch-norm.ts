import type { Tensor, Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import { attribute, dtypeCodes, nativeBackend } from "../native-backend.ts";
import { tf } from "../tensorflow.ts";

/** Added to the variance, as in PyTorch. */
export const batchNormEpsilon = 1e-5;

/** m, weight of the newest batch in the running statistics; PyTorch's momentum of 0.1. */
export const batchNormMomentum = 0.1;

function attributes(training: boolean, averagingFactor: number) {
  return [
    attribute("T", "type", dtypeCodes.float32),
    attribute("U", "type", dtypeCodes.float32),
    attribute("epsilon", "float", batchNormEpsilon),
    attribute("exponential_avg_factor", "float", averagingFactor),
    attribute("data_format", "string", "NHWC"),
    attribute("is_training", "bool", training),
  ];
}

// The gradient operation has no averaging factor.
const gradientAttributes = attributes(true, 1).filter(({ name }) => name !== "exponential_avg_factor");

/**
 * Normalises by the batch statistics and updates the running statistics.
 *
 *     y = γ (x − μ_B) / √(σ²_B + 1e-5) + β,   running ← (1 − m)·running + m·batch
 *
 * As in PyTorch, the biased batch variance normalises and the unbiased one is averaged into `runningVariance`.
 * The gradient flows to x, γ and β.
 *
 * @param x - `[batch, height, width, channels]`.
 * @param scale - γ, `[channels]`.
 * @param offset - β, `[channels]`.
 * @param runningMean - `[channels]`; assigned.
 * @param runningVariance - `[channels]`; assigned.
 * @param averagingFactor - m in [0, 1]; PyTorch's momentum.
 */
export function batchNormTraining(
  x: Tensor4D,
  scale: Tensor1D,
  offset: Tensor1D,
  runningMean: Variable,
  runningVariance: Variable,
  averagingFactor = batchNormMomentum,
): Tensor4D {
  const compute = tf.customGrad((input, gamma, beta, save) => {
    const [output, mean, variance, ...reserves] = nativeBackend().executeMultipleOutputs(
      "FusedBatchNormV3",
      attributes(true, averagingFactor),
      [input as Tensor, gamma as Tensor, beta as Tensor, runningMean, runningVariance],
      6,
    ) as [Tensor4D, Tensor1D, Tensor1D, Tensor, Tensor, Tensor];
    runningMean.assign(mean);
    runningVariance.assign(variance);
    (save as (tensors: Tensor[]) => void)([input as Tensor, gamma as Tensor, ...reserves]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) =>
      nativeBackend()
        .executeMultipleOutputs("FusedBatchNormGradV3", gradientAttributes, [dy, ...saved], 5)
        .slice(0, 3);
    return { value: output, gradFunc };
  });
  return compute(x, scale, offset) as Tensor4D;
}

/** Contribution of a batch to the running statistics of a layer. */
export interface StatisticsUpdate {
  /** m·μ_B, `[channels]`. */
  readonly mean: Tensor1D;
  /** m·σ²_B·n/(n − 1), `[channels]`, with n values per channel. */
  readonly variance: Tensor1D;
}

/**
 * Normalises by the batch statistics and returns the statistics update instead of applying it; no gradient.
 *
 * Batches may be normalised separately and in any order. Applying their updates later, in batch order and single precision,
 *
 *     running ← (1 − m)·running + update
 *
 * gives the same running statistics as `batchNormTraining`, bit for bit.
 *
 * @param x - `[batch, height, width, channels]`.
 * @param scale - γ, `[channels]`.
 * @param offset - β, `[channels]`.
 * @param averagingFactor - m in [0, 1]; PyTorch's momentum.
 */
export function batchNormWithUpdate(
  x: Tensor4D,
  scale: Tensor1D,
  offset: Tensor1D,
  averagingFactor = batchNormMomentum,
): { readonly output: Tensor4D; readonly update: StatisticsUpdate } {
  const unused = tf.zerosLike(scale);
  // With a factor of 1 the operation returns the batch statistics; its fifth result is the biased variance.
  const [output, mean, , , variance] = nativeBackend().executeMultipleOutputs(
    "FusedBatchNormV3",
    attributes(true, 1),
    [x, scale, offset, unused, unused],
    6,
  ) as [Tensor4D, Tensor1D, Tensor1D, Tensor1D, Tensor1D, Tensor];
  const [batch, height, width] = x.shape;
  const count = batch * height * width;
  const factor = Math.fround(averagingFactor);
  // Rounds where the operation rounds; otherwise the last bits would differ.
  const unbiased = Math.fround(factor * Math.fround(count / (count - 1)));
  return { output, update: { mean: tf.mul(mean, factor), variance: tf.mul(variance, unbiased) } };
}

/**
 * Normalises by the running statistics; no gradient.
 *
 *     y = γ (x − mean) / √(variance + 1e-5) + β
 */
export function batchNormInference(
  x: Tensor4D,
  scale: Tensor1D,
  offset: Tensor1D,
  runningMean: Tensor1D,
  runningVariance: Tensor1D,
): Tensor4D {
  const [output] = nativeBackend().executeMultipleOutputs(
    "FusedBatchNormV3",
    attributes(false, 1),
    [x, scale, offset, runningMean, runningVariance],
    6,
  );
  return output as Tensor4D;
}
