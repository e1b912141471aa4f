import { createHash } from "node:crypto";
import { randomBeta, randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Purpose of a random stream. Each purpose has its own numbers, so an extra draw for one never shifts another. */
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

/**
 * A seeded sequence of random numbers.
 *
 * @example randomStream(0, "order", 3).integer(10); // 0 … 9
 */
export class RandomStream {
  readonly #generator: RandomGenerator;
  readonly #uniform = () => uniformFloat64(this.#generator);

  constructor(generator: RandomGenerator) {
    this.#generator = generator;
  }

  /** Draws a uniform real in [0, 1). */
  uniform(): number {
    return this.#uniform();
  }

  /** Draws a uniform whole number in [0, bound), without modulo bias. */
  integer(bound: number): number {
    return uniformInt(this.#generator, 0, bound - 1);
  }

  /** Draws from the normal distribution with the given mean and standard deviation (≥ 0). */
  normal(mean = 0, standardDeviation = 1): number {
    return randomNormal.source(this.#uniform)(mean, standardDeviation)();
  }

  /** Draws from Beta(a, b) with a, b > 0, in [0, 1]. */
  beta(a: number, b: number): number {
    return randomBeta.source(this.#uniform)(a, b)();
  }

  /** Draws a uniform permutation of 0 … length − 1 (Fisher–Yates). */
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
 * Creates the random stream of one purpose at one point of a run.
 *
 * The generator is xoroshiro128+, seeded with the first four bytes of SHA-256("seed/purpose/counters").
 * Equal arguments give equal sequences, so a resumed run draws the same numbers as an uninterrupted one.
 * Use it for every random choice instead of `Math.random`.
 *
 * @param seed - seed of the run, a whole number.
 * @param purpose - purpose of the draws.
 * @param counters - position in the run, such as stage and epoch, whole numbers.
 * @returns a new stream at its first number.
 * @example randomStream(0, "order", 3).permutation(4);
 */
export function randomStream(seed: number, purpose: Purpose, ...counters: number[]): RandomStream {
  const digest = createHash("sha256")
    .update([seed, purpose, ...counters].join("/"))
    .digest();
  return new RandomStream(xoroshiro128plus(digest.readInt32LE(0)));
}
