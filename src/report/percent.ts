import { formatDecimals } from "./format-decimals.ts";
import type { Measured } from "./tables/table-model.ts";

/** Stands for a number that is not there. */
export const dash = "–";
/** Behind a number, or a method's name, whose settings no source gives. */
export const inferredMark = "‡";

/** `62.00`, or a dash. */
export const formatPercent = (percent: number | null): string =>
  percent === null ? dash : formatDecimals(percent, 2);

/** `+0.50`, `−0.50` or `±0.00`, in percentage points. */
export function formatDifference(difference: number): string {
  const text = Math.abs(difference).toFixed(2);
  if (text === "0.00") return `±${text}`;
  return `${difference > 0 ? "+" : "−"}${text}`;
}

/** What is shown of a measured number, part by part; `""` where a part is not there. */
export interface MeasuredParts {
  /** `61.50`, with its mark. */
  readonly mean: string;
  /** `[61.10, 61.90]`: 95 % interval of the mean, from three stages I on. */
  readonly range: string;
  /** `(−0.50)`, from the paper. */
  readonly difference: string;
  /** `↑0.60` over the base; `↓` where it is a loss. */
  readonly gain: string;
  /** `[+1.50, +2.78]`, the gain's. */
  readonly interval: string;
}

/** The parts of a measured number as text; the mark stands behind the mean. */
export function measuredParts(measured: Measured | null, mark = ""): MeasuredParts {
  const { percent = null, interval: range = null, difference = null, gain = null } = measured ?? {};
  const interval = gain?.interval ?? null;
  return {
    mean: `${formatPercent(percent)}${mark}`,
    range: range === null ? "" : formatRange(range),
    difference: difference === null ? "" : `(${formatDifference(difference)})`,
    gain: gain === null ? "" : formatGain(gain.points),
    interval: interval === null ? "" : formatInterval(interval),
  };
}

/** `[61.10, 61.90]`, in percent. */
export const formatRange = (interval: readonly number[]): string =>
  `[${interval.map(formatPercent).join(", ")}]`;

/** `↑2.14`, or `↓0.06` where it is a loss, in percentage points. */
export const formatGain = (points: number): string =>
  `${points < 0 ? "↓" : "↑"}${Math.abs(points).toFixed(2)}`;

/** `[+1.50, +2.78]`, in percentage points. */
export const formatInterval = (interval: readonly number[]): string =>
  `[${interval.map(formatDifference).join(", ")}]`;

/**
 * `61.50 [61.10, 61.90] (−0.50) ↑0.60 [+0.20, +1.00]`: mean and its interval, difference from the paper, gain over the base and its
 * interval; absent parts are left out.
 */
export const formatMeasured = (measured: Measured | null, mark = ""): string =>
  Object.values(measuredParts(measured, mark))
    .filter((part) => part !== "")
    .join(" ");
