import { type Projections, projections } from "../evaluation/projections.ts";
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

/** Means over the draws of one part of the channels; `null` where it has none. */
function meansOf(draws: readonly Projections[], holds: (of: Projections) => boolean) {
  if (draws.length === 0) return null;
  const mean = (value: (of: Projections) => number) =>
    Number((draws.reduce((sum, of) => sum + value(of), 0) / draws.length).toPrecision(6));
  return {
    tail: mean(({ tail }) => tail),
    head: mean(({ head }) => head),
    lengths: { tail: mean(({ lengths }) => lengths.tail), head: mean(({ lengths }) => lengths.head) },
    share: mean((of) => (holds(of) ? 1 : 0)),
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
      const [replaced, kept]: [Projections[], Projections[]] = [[], []];
      for (let draw = 0; draw < drawsAPair; draw++) {
        const [ft, fh] = [pick(ofTail), pick(ofHead)];
        const difference = ft.map((value, channel) => value - (fh[channel] as number));
        const mask = drawChannelMask(ratio, size, stream);
        for (const [part, isReplaced] of [
          [replaced, 1],
          [kept, 0],
        ] as const) {
          const own = channels.filter((channel) => mask[channel] === isReplaced);
          if (own.length > 0) part.push(projections({ weights: ofPair, difference }, own));
        }
      }
      return [
        {
          ...{ tail, head },
          replaced: meansOf(replaced, (of) => of.head > of.tail),
          kept: meansOf(kept, (of) => of.tail > of.head),
        },
      ];
    }),
  );
  return { ratio, draws: drawsAPair, pairs };
}
