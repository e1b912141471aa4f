import type { Measured } from "./table-model.ts";

/** Stands for a number that is not there. */
export const dash = "–";

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

/** `61.50 ± 0.30 (−0.50)`: mean, spread over seeds, difference from the paper; what is not there is left out. */
export function formatMeasured(measured: Measured | null): string {
  if (measured === null) return dash;
  const { percent, deviation, difference } = measured;
  return [
    formatPercent(percent),
    deviation === null ? "" : `± ${deviation.toFixed(2)}`,
    difference === null ? "" : `(${formatDifference(difference)})`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}
