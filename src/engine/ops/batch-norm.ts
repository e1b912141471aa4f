import type { Tensor, Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import { attribute, dtypeCodes, nativeBackend } from "../native-backend.ts";
import { tf } from "../tensorflow.ts";

/** Added to the variance, as in PyTorch. */
export const batchNormEpsilon = 1e-5;

/** m, the share of the newest batch in the running statistics; PyTorch's momentum of 0.1. */
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
 * Batch normalisation with the statistics of the batch; moves the running statistics.
 *
 *     y = γ (x − μ_B) / √(σ²_B + 1e-5) + β,   running ← (1 − m)·running + m·batch
 *
 * As in PyTorch, the batch variance that normalises is the biased one and the one averaged into
 * `runningVariance` the unbiased one. The gradient flows to x, γ and β.
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

/** What a batch adds to the running statistics of a layer. */
export interface BatchNormDrift {
  /** m·μ_B, `[channels]`. */
  readonly mean: Tensor1D;
  /** m·σ²_B·n/(n − 1), `[channels]`; n values of a channel. */
  readonly variance: Tensor1D;
}

/**
 * Batch normalisation with the statistics of the batch that leaves the running ones alone; no gradient.
 *
 * Batches that are normalised apart, in any order, can be put together later: after each of them
 *
 *     running ← (1 − m)·running + drift
 *
 * in single precision gives, bit for bit, the running statistics that `batchNormTraining` would have left.
 *
 * @param x - `[batch, height, width, channels]`.
 * @param scale - γ, `[channels]`.
 * @param offset - β, `[channels]`.
 * @param averagingFactor - m in [0, 1]; PyTorch's momentum.
 */
export function batchNormDrifting(
  x: Tensor4D,
  scale: Tensor1D,
  offset: Tensor1D,
  averagingFactor = batchNormMomentum,
): { readonly output: Tensor4D; readonly drift: BatchNormDrift } {
  const unused = tf.zerosLike(scale);
  // With a factor of 1 the operation gives the batch's own statistics; its fifth result is the biased variance.
  const [output, mean, , , variance] = nativeBackend().executeMultipleOutputs(
    "FusedBatchNormV3",
    attributes(true, 1),
    [x, scale, offset, unused, unused],
    6,
  ) as [Tensor4D, Tensor1D, Tensor1D, Tensor1D, Tensor1D, Tensor];
  const [batch, height, width] = x.shape;
  const count = batch * height * width;
  const factor = Math.fround(averagingFactor);
  // Rounded where the operation rounds, or the last bits would differ.
  const unbiased = Math.fround(factor * Math.fround(count / (count - 1)));
  return { output, drift: { mean: tf.mul(mean, factor), variance: tf.mul(variance, unbiased) } };
}

/**
 * Batch normalisation with the running statistics; no gradient.
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
