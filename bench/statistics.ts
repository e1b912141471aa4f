import type { Row, Summary } from "./results.ts";

/**
 * A quantile, interpolated linearly between the two nearest values.
 *
 * @param values - at least one, in any order.
 * @param share - in [0, 1]; 0.5 is the median.
 * @example quantile([1, 2, 3, 4], 0.25); // → 1.75
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error("internal: a quantile of no values");
  return below + (above - below) * (place - Math.floor(place));
}

/** Median and quartiles of one value a round. */
export function summarise(values: readonly number[]): Summary {
  return {
    median: quantile(values, 0.5),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
    rounds: values.length,
  };
}

/**
 * Rows of one quantity, each beside the first: the ratio is taken in every round, then summarised.
 *
 * A machine that slows down for some rounds changes both numbers of a pair, and their ratio hardly.
 *
 * @param measured - by the row's name, one value a round; the rounds of all rows are the same ones.
 * @example compare({ ours: [1, 2], theirs: [2, 4] })[1]?.timesFirst?.median; // → 2
 */
export function compare(measured: Readonly<Record<string, readonly number[]>>): Row[] {
  const rows = Object.entries(measured);
  const first = rows[0]?.[1] ?? [];
  return rows.map(([name, values], place) => ({
    name,
    value: summarise(values),
    timesFirst: place === 0 ? null : summarise(values.map((value, i) => value / (first[i] ?? Number.NaN))),
    isExtrapolated: false,
  }));
}
