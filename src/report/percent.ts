import type { Gain, Measured } from "./table-model.ts";

/** Stands for a number that is not there. */
export const dash = "–";
/** Behind a number, or a method's name, whose settings no source gives. */
export const inferredMark = "‡";

const minus = (text: string) => text.replace("-", "−");

/** `62.00`, or a dash. */
export const formatPercent = (percent: number | null): string =>
  percent === null ? dash : minus(percent.toFixed(2));

/** `+0.50`, `−0.50` or `±0.00`, in percentage points. */
export function formatDifference(difference: number): string {
  const text = Math.abs(difference).toFixed(2);
  if (text === "0.00") return `±${text}`;
  return `${difference > 0 ? "+" : "−"}${text}`;
}

/** `↑2.14 [+1.50, +2.78]`: gain over the base and its interval, if any; `↓` where it is a loss. */
function formatGain({ points, interval }: Gain): string {
  const text = `${points < 0 ? "↓" : "↑"}${Math.abs(points).toFixed(2)}`;
  return interval === null ? text : `${text} [${interval.map(formatDifference).join(", ")}]`;
}

/** `61.50 ± 0.30 (−0.50) ↑0.60`: mean, spread over seeds, difference from the paper, gain over the base; what is not there is left out; the mark stands behind the mean. */
export function formatMeasured(measured: Measured | null, mark = ""): string {
  if (measured === null) return `${dash}${mark}`;
  const { percent, deviation, difference, gain } = measured;
  return [
    `${formatPercent(percent)}${mark}`,
    deviation === null ? "" : `± ${deviation.toFixed(2)}`,
    difference === null ? "" : `(${formatDifference(difference)})`,
    gain === null ? "" : formatGain(gain),
  ]
    .filter((part) => part !== "")
    .join(" ");
}
