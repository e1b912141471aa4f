import { mersenne } from "pure-rand/generator/mersenne";

/**
 * Reproduces NumPy's legacy `seed` and in-place `shuffle` bit for bit, with one MT19937 stream for all later shuffles.
 *
 * For i = n − 1 … 1 the partner j ≤ i is the next 32-bit output under the smallest mask 2^k − 1 ≥ i, redrawn while j > i.
 *
 * @param seed - 0 … 2³² − 1, as in `numpy.random.seed(seed)`.
 * @returns a function that shuffles an array in place.
 * @source NumPy `RandomState.shuffle` (bounded integers by masked rejection), checked in test/golden/splits.json.
 * @example const shuffle = numpyShuffle(0); shuffle(Int32Array.of(0, 1, 2));
 */
export function numpyShuffle(seed: number): (items: Int32Array) => void {
  const generator = mersenne(seed);
  return (items) => {
    for (let i = items.length - 1; i > 0; i--) {
      const mask = 2 ** (32 - Math.clz32(i)) - 1;
      let j: number;
      do j = (generator.next() & mask) >>> 0;
      while (j > i);
      const held = items[i] as number;
      items[i] = items[j] as number;
      items[j] = held;
    }
  };
}
