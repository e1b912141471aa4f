/** Pearson's χ² of counts against expected probabilities. */
export function chiSquare(counts: readonly number[], probabilities: readonly number[]): number {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.reduce((sum, n, k) => {
    const expected = total * (probabilities[k] ?? 0);
    return sum + (n - expected) ** 2 / expected;
  }, 0);
}

/** χ² that a right sampler exceeds once in a thousand seeds, by degrees of freedom (table of the χ² distribution). */
export const chiSquareLimit = { 2: 13.82, 9: 27.88, 15: 37.7, 23: 49.73 } as const;

/** Kolmogorov and Smirnov's √n · D of a sample against a cumulative distribution. */
export function kolmogorovSmirnov(sample: readonly number[], cumulative: (x: number) => number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const n = sorted.length;
  const gaps = sorted.flatMap((x, i) => [cumulative(x) - i / n, (i + 1) / n - cumulative(x)]);
  return Math.sqrt(n) * gaps.reduce((a, b) => Math.max(a, b));
}

/** √n · D that a right sampler exceeds once in a thousand seeds. */
export const kolmogorovSmirnovLimit = 1.949;

/** How often each of 0 … size − 1 occurs. */
export function tally(values: Iterable<number>, size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
