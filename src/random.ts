import { createHash } from "node:crypto";
import { randomBeta, randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** What a stream is for; each purpose draws its own numbers, so that adding a draw to one never shifts another. */
export type Purpose =
  | "initialisation"
  | "order"
  | "augmentation"
  | "rotation"
  | "mixup"
  | "cut-mix"
  | "second-order"
  | "second-augmentation"
  | "loss"
  | "fusion"
  | "fusing-order"
  | "fusing-augmentation"
  | "fusing-noise"
  | "views"
  | "glyphs";

/** A seeded sequence of random numbers. */
export class RandomStream {
  readonly #generator: RandomGenerator;
  readonly #uniform = () => uniformFloat64(this.#generator);

  constructor(generator: RandomGenerator) {
    this.#generator = generator;
  }

  /** Uniform real in [0, 1). */
  uniform(): number {
    return this.#uniform();
  }

  /** Uniform whole number in [0, bound), without modulo bias. */
  integer(bound: number): number {
    return uniformInt(this.#generator, 0, bound - 1);
  }

  /** Normal with the given mean and standard deviation. */
  normal(mean = 0, standardDeviation = 1): number {
    return randomNormal.source(this.#uniform)(mean, standardDeviation)();
  }

  /** Beta(a, b), a, b > 0. */
  beta(a: number, b: number): number {
    return randomBeta.source(this.#uniform)(a, b)();
  }

  /** A uniform permutation of 0 … length − 1 (Fisher–Yates). */
  permutation(length: number): Int32Array {
    const order = Int32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = order[i] as number;
      order[i] = order[j] as number;
      order[j] = held;
    }
    return order;
  }
}

/**
 * The stream of one purpose, at one place of a run.
 *
 * The generator is xoroshiro128+, seeded by the first four bytes of SHA-256("seed/purpose/counters").
 * Equal arguments give equal sequences; a resumed run therefore draws what an uninterrupted one would.
 *
 * @param seed - the run's seed, a whole number.
 * @param purpose - what is drawn.
 * @param counters - where in the run, such as the epoch.
 * @example randomStream(0, "order", 3).permutation(4);
 */
export function randomStream(seed: number, purpose: Purpose, ...counters: number[]): RandomStream {
  const digest = createHash("sha256")
    .update([seed, purpose, ...counters].join("/"))
    .digest();
  return new RandomStream(xoroshiro128plus(digest.readInt32LE(0)));
}
