import { formatDecimals } from "./format-decimals.ts";
import type { Measured } from "./table-model.ts";

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
  /** `61.50`, the mark behind it. */
  readonly mean: string;
  /** `± 0.30`, over seeds. */
  readonly spread: string;
  /** `(−0.50)`, from the paper. */
  readonly difference: string;
  /** `↑0.60` over the base; `↓` where it is a loss. */
  readonly gain: string;
  /** `[+1.50, +2.78]`, the gain's. */
  readonly interval: string;
}

/** The parts of a measured number as text; the mark stands behind the mean. */
export function measuredParts(measured: Measured | null, mark = ""): MeasuredParts {
  const { percent = null, deviation = null, difference = null, gain = null } = measured ?? {};
  const interval = gain?.interval ?? null;
  return {
    mean: `${formatPercent(percent)}${mark}`,
    spread: deviation === null ? "" : `± ${deviation.toFixed(2)}`,
    difference: difference === null ? "" : `(${formatDifference(difference)})`,
    gain: gain === null ? "" : formatGain(gain.points),
    interval: interval === null ? "" : formatInterval(interval),
  };
}

/** `↑2.14`, or `↓0.06` where it is a loss, in percentage points. */
export const formatGain = (points: number): string =>
  `${points < 0 ? "↓" : "↑"}${Math.abs(points).toFixed(2)}`;

/** `[+1.50, +2.78]`, in percentage points. */
export const formatInterval = (interval: readonly number[]): string =>
  `[${interval.map(formatDifference).join(", ")}]`;

/** `61.50 ± 0.30 (−0.50) ↑0.60`: mean, spread over seeds, difference from the paper, gain over the base; what is not there is left out; the mark stands behind the mean. */
export const formatMeasured = (measured: Measured | null, mark = ""): string =>
  Object.values(measuredParts(measured, mark))
    .filter((part) => part !== "")
    .join(" ");
