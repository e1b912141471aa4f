import type { Tensor, Tensor1D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { UsageError } from "../errors.ts";
import type { RandomStream } from "../random.ts";

/**
 * Replaces some channels of one batch by those of another, sample by sample (head-to-tail fusion).
 *
 *     F̃ = (1 − m) ⊗ F + m ⊗ F′
 *
 * Pooling is linear in each channel, so fusing pooled features `[batch, d]` equals pooling fused maps.
 * The labels remain those of the fused batch.
 * Use it in stage II to transfer the diversity of head classes to tail classes.
 *
 * @param fused - F, channels last, `[batch, …, d]`: the class-balanced batch, whose channels are replaced.
 * @param fusing - F′, of the same shape: the batch that provides the replacement.
 * @param mask - m, `[d]`, 1 where the channel is taken from `fusing`, else 0.
 * @returns a new tensor of the same shape.
 * @throws {UsageError} if the shapes do not match.
 * @source paper Eq. 2, with p as the replaced fraction as in section 4.4 and the code; code: H2T methods.py
 * @example fuseHeadToTail(tf.zeros([2, 3]), tf.ones([2, 3]), tf.tensor1d([1, 0, 0])); // first channel 1
 */
export function fuseHeadToTail<T extends Tensor>(fused: T, fusing: T, mask: Tensor1D): T {
  const channels = fused.shape.at(-1);
  if (fused.shape.join() !== fusing.shape.join() || mask.shape.join() !== String(channels)) {
    throw new UsageError({
      code: "FUSION_SHAPES_MISMATCH",
      problem: `expected fused and fusing features of one shape [batch, …, d] and a mask [d], got [${fused.shape}], [${fusing.shape}] and [${mask.shape}]`,
      fix: "use batches of the same size and features of the same backbone",
    });
  }
  return tf.add(tf.mul(fused, tf.sub(1, mask)), tf.mul(fusing, mask));
}

/**
 * Draws the replaced channels, ⌊p·d⌋ of d, uniformly and once for the whole batch.
 *
 *     Σ_j m_j = ⌊p·d⌋,   m_j ∈ {0, 1}
 *
 * Use it to draw the mask of `fuseHeadToTail`, once per batch.
 *
 * @param ratio - p in [0, 1], the replaced fraction of the channels.
 * @param channels - d, a whole number ≥ 1.
 * @param stream - random numbers of the mask.
 * @returns m, `[d]`, 1 for a replaced channel, else 0.
 * @throws {UsageError} if p is outside [0, 1].
 * @source code: H2T methods.py (one permutation per batch, floor)
 * @example drawChannelMask(0.3, 64, randomStream(0, "fusion")).reduce((a, b) => a + b); // → 19
 */
export function drawChannelMask(ratio: number, channels: number, stream: RandomStream): Float32Array {
  if (!(ratio >= 0 && ratio <= 1)) {
    throw new UsageError({
      code: "FUSION_RATIO_OUT_OF_RANGE",
      problem: `expected a fusion ratio p in [0, 1], got ${ratio}`,
      fix: "use 0.3, the paper's best on CIFAR-100-LT",
    });
  }
  const mask = new Float32Array(channels);
  const replaced = stream.permutation(channels).subarray(0, Math.floor(ratio * channels));
  for (const channel of replaced) mask[channel] = 1;
  return mask;
}
