import type { Group, Summary } from "./results.ts";

type Unit = Group["unit"];

/** A unit to be shown and how many of the stored one it holds, largest first. */
const scales: Readonly<Record<Unit, readonly (readonly [label: string, size: number])[]>> = {
  seconds: [
    ["h", 3600],
    ["min", 60],
    ["s", 1],
    ["ms", 1e-3],
  ],
  bytes: [
    ["GiB", 2 ** 30],
    ["MiB", 2 ** 20],
  ],
  "images/s": [["images/s", 1]],
  "GFLOP/s": [["GFLOP/s", 1]],
  lines: [["lines", 1]],
  "lines/s": [["lines/s", 1]],
};

const threeDigits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3, minimumSignificantDigits: 3 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const digits = (value: number) => (Math.abs(value) >= 100 ? whole : threeDigits).format(value);

const spread = (
  { median, lowerQuartile, upperQuartile, rounds }: Summary,
  show: (value: number) => string,
) => (rounds === 1 ? show(median) : `${show(median)} (${show(lowerQuartile)} to ${show(upperQuartile)})`);

/** @example formatSummary({ median: 0.3, lowerQuartile: 0.29, upperQuartile: 0.32, rounds: 9 }, "seconds"); // → "300 (290 to 320) ms" */
export function formatSummary(summary: Summary, unit: Unit): string {
  const choices = scales[unit];
  const [label, size] = choices.find(([, least]) => summary.median >= least) ?? choices.at(-1) ?? ["", 1];
  return `${spread(summary, (value) => digits(value / size))} ${label}`;
}

/** @example formatRatio({ median: 1.389, lowerQuartile: 1.37, upperQuartile: 1.4, rounds: 9 }); // → "1.39 (1.37 to 1.40)" */
export function formatRatio(ratio: Summary): string {
  return spread(ratio, digits);
}
