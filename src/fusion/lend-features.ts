import type { RandomStream } from "../random.ts";
import { drawChannelMask } from "./head-to-tail.ts";

/** Positions of the feature map, over which noise is pooled as features are. */
const positions = 64;

/**
 * The mask of every expert's channels, one draw an expert, for pooled features.
 *
 * @param ratio - p, the replaced fraction of each expert's channels.
 * @param layout - channels of all experts together, how many experts, and how many moments of each channel are pooled.
 * @returns `[channels · moments]` of 0 and 1; the moments of a channel go together.
 * @source code: H2T methods.py (an independent permutation an expert)
 * @example drawExpertMasks(0.3, { channels: 192, experts: 3, moments: 1 }, stream).length; // → 192
 */
export function drawExpertMasks(
  ratio: number,
  layout: { readonly channels: number; readonly experts: number; readonly moments: number },
  stream: RandomStream,
): Float32Array {
  const { channels, experts, moments } = layout;
  const mask = new Float32Array(channels * moments);
  for (let expert = 0; expert < experts; expert++) {
    const own = drawChannelMask(ratio, channels / experts, stream);
    for (let moment = 0; moment < moments; moment++) {
      mask.set(own, moment * channels + (expert * channels) / experts);
    }
  }
  return mask;
}

/**
 * Noise in the place of pooled features: the mean over a feature map of numbers that are uniform in [0, 1).
 *
 * That mean of 64 is drawn as the normal number which it nearly is: mean 1/2, variance 1/(12·64).
 *
 * @param length - features to draw.
 * @source code: H2T methods.py (an alternative that is commented out there)
 */
export const pooledNoise = (length: number, stream: RandomStream): Float32Array =>
  Float32Array.from({ length }, () => stream.normal(0.5, Math.sqrt(1 / (12 * positions))));
