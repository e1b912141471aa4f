import type { Tensor, Tensor1D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { UsageError } from "../errors.ts";
import type { RandomStream } from "../random.ts";

/**
 * Head-to-tail fusion: replaces some channels of one batch by those of another, sample by sample.
 *
 *     F̃ = (1 − m) ⊗ F + m ⊗ F′
 *
 * Pooling is linear in each channel, so fusing pooled features `[batch, d]` equals pooling fused maps.
 * The labels stay those of the fused batch.
 *
 * @param fused - F, channels last, `[batch, …, d]`: the class-balanced batch.
 * @param fusing - F′, of the same shape: the batch that lends its channels.
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
      rule: "fused and fusing features have one shape [batch, …, d] and the mask is [d]",
      got: `[${fused.shape}], [${fusing.shape}] and [${mask.shape}]`,
      remedy: "draw both batches with the same size from the same backbone",
    });
  }
  return tf.add(tf.mul(fused, tf.sub(1, mask)), tf.mul(fusing, mask));
}

/**
 * Draws which channels are replaced: ⌊p·d⌋ of d, uniformly, one draw for the whole batch.
 *
 * @param ratio - p in [0, 1], the replaced fraction.
 * @param channels - d.
 * @returns `[d]` of 0 and 1.
 * @throws {UsageError} if p is outside [0, 1].
 * @source code: H2T methods.py (one permutation a batch, floor)
 * @example drawChannelMask(0.3, 64, stream).reduce((a, b) => a + b); // → 19
 */
export function drawChannelMask(ratio: number, channels: number, stream: RandomStream): Float32Array {
  if (!(ratio >= 0 && ratio <= 1)) {
    throw new UsageError({
      rule: "the fusion ratio p is the replaced fraction of the channels and lies in [0, 1]",
      got: String(ratio),
      remedy: "use 0.3, the paper's best on CIFAR-100-LT",
    });
  }
  const mask = new Float32Array(channels);
  const replaced = stream.permutation(channels).subarray(0, Math.floor(ratio * channels));
  for (const channel of replaced) mask[channel] = 1;
  return mask;
}
