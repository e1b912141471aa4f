import type { RandomStream } from "../random.ts";
import { drawChannelMask } from "./head-to-tail.ts";

/** Positions of the feature map, 8 × 8, over which noise is pooled in the same way as features. */
const positions = 64;

/**
 * Draws the channel mask of pooled features, independently per expert.
 *
 * @param ratio - p in [0, 1], the replaced fraction of each expert's channels.
 * @param layout - total channels of all experts, number of experts, and number of pooled moments per channel.
 * @returns `[channels · moments]` of 0 and 1; all moments of a channel have the same value.
 * @source code: H2T methods.py (an independent permutation per expert)
 * @example
 * const layout = { channels: 192, experts: 3, moments: 1 };
 * drawExpertMasks(0.3, layout, randomStream(0, "fusion")).length; // → 192
 */
export function drawExpertMasks(
  ratio: number,
  layout: { readonly channels: number; readonly experts: number; readonly moments: number },
  stream: RandomStream,
): Float32Array {
  const { channels, experts, moments } = layout;
  const mask = new Float32Array(channels * moments);
  for (let expert = 0; expert < experts; expert++) {
    const expertMask = drawChannelMask(ratio, channels / experts, stream);
    for (let moment = 0; moment < moments; moment++) {
      mask.set(expertMask, moment * channels + (expert * channels) / experts);
    }
  }
  return mask;
}

/**
 * Draws noise that replaces pooled features, as if each position of the feature map were uniform in [0, 1).
 *
 * The mean over 64 positions is approximated by a normal distribution with mean 1/2 and variance 1/(12·64).
 *
 * @param length - number of features.
 * @source code: H2T methods.py (a commented-out alternative)
 */
export const pooledNoise = (length: number, stream: RandomStream): Float32Array =>
  Float32Array.from({ length }, () => stream.normal(0.5, Math.sqrt(1 / (12 * positions))));
