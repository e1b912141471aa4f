import { projections } from "../evaluation/projections.ts";
import { drawChannelMask } from "../fusion/head-to-tail.ts";
import { randomStream } from "../random.ts";
import { classGroups } from "../splits/class-groups.ts";
import type { Forces } from "./analysis.ts";
import { analysisStage, type Draws } from "./balanced-draws.ts";

/** Pairs of images, and masks, that are drawn for each pair of classes. */
const drawsAPair = 500;
/** Tail classes, the rarest, and head classes, the most frequent, that are paired at most. */
const mostClasses = 10;

/** What forces are measured on. */
export interface ForcesInput {
  /** W of the linear classifier, `[d · C]`, row-major. */
  readonly weights: Float32Array;
  /** Plain features, `[n · d]`, and their classes. */
  readonly draws: Draws;
  /** `[C]`, training images of each class. */
  readonly classCounts: readonly number[];
  /** p. */
  readonly ratio: number;
  readonly seed: number;
}

/** Sums up one part of the channels. */
function collect(holds: (of: { tail: number; head: number }) => boolean) {
  let [tail, head, held, draws] = [0, 0, 0, 0];
  const mean = (sum: number) => Number((sum / draws).toPrecision(6));
  return {
    add(weights: { tail: Float32Array; head: Float32Array }, difference: Float32Array, channels: number[]) {
      if (channels.length === 0) return;
      const projected = projections({ weights, difference }, channels);
      tail += projected.tail;
      head += projected.head;
      held += holds(projected) ? 1 : 0;
      draws += 1;
    },
    means: () => (draws === 0 ? null : { tail: mean(tail), head: mean(head), share: mean(held) }),
  };
}

/**
 * Measures the two forces of H2T on a trained classifier, for pairs of a tail class t and a head class h.
 *
 * Each draw takes an image of either class and a mask of ⌊p·d⌋ channels, all at random, and measures
 *
 *     ‖w_c‖ cos θ_c = w_c · (f_t − f_h) / ‖f_t − f_h‖,   c = t, h
 *
 * on the replaced channels (ẅ, f̈; Eq. 8 wants h above t) and on the kept ones (ẇ, ḟ; Eq. 10 wants t above h) apart; means over
 * the draws are given, and the share of draws in which the inequality holds.
 *
 * @returns pairs by index groups, of the ten most frequent and ten rarest classes at most; those without a drawn image are left out.
 * @source paper section 3.4
 */
export function measureForces({ weights, draws, classCounts, ratio, seed }: ForcesInput): Forces {
  const numClasses = classCounts.length;
  const size = weights.length / numClasses;
  const [heads = [], , tails = []] = classGroups(classCounts, "byIndex").map(({ classes }) =>
    [...classes].sort((a, b) => (classCounts[b] as number) - (classCounts[a] as number) || a - b),
  );
  const featuresOf = (c: number) =>
    Array.from(draws.labels.keys())
      .filter((i) => draws.labels[i] === c)
      .map((i) => draws.features.subarray(i * size, (i + 1) * size));
  const weightsOf = (c: number) =>
    Float32Array.from({ length: size }, (_, channel) => weights[channel * numClasses + c] as number);
  const channels = Array.from({ length: size }, (_, channel) => channel);
  const stream = randomStream(seed, "fusion", analysisStage, 1);
  const pick = (images: readonly Float32Array[]) => images[stream.integer(images.length)] as Float32Array;

  const pairs = tails.slice(-mostClasses).flatMap((tail) =>
    heads.slice(0, mostClasses).flatMap((head) => {
      const [ofTail, ofHead] = [featuresOf(tail), featuresOf(head)];
      if (ofTail.length === 0 || ofHead.length === 0) return [];
      const ofPair = { tail: weightsOf(tail), head: weightsOf(head) };
      const replaced = collect((projected) => projected.head > projected.tail);
      const kept = collect((projected) => projected.tail > projected.head);
      for (let draw = 0; draw < drawsAPair; draw++) {
        const [ft, fh] = [pick(ofTail), pick(ofHead)];
        const difference = ft.map((value, channel) => value - (fh[channel] as number));
        const mask = drawChannelMask(ratio, size, stream);
        replaced.add(
          ofPair,
          difference,
          channels.filter((channel) => mask[channel] === 1),
        );
        kept.add(
          ofPair,
          difference,
          channels.filter((channel) => mask[channel] === 0),
        );
      }
      return [{ tail, head, replaced: replaced.means(), kept: kept.means() }];
    }),
  );
  return { ratio, draws: drawsAPair, pairs };
}
