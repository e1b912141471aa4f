import { UsageError } from "../errors.ts";
import { predictedClasses } from "./predicted-classes.ts";

/** Images with a confidence in (above, upTo]. */
export interface ConfidenceBin {
  readonly above: number;
  readonly upTo: number;
  readonly count: number;
  /** Accuracy of the bin's images; `null` in an empty bin. */
  readonly accuracy: number | null;
  /** Mean confidence of the bin's images; `null` in an empty bin. */
  readonly confidence: number | null;
}

/** Gap between confidence and accuracy. */
export interface CalibrationError {
  /** Expected calibration error, a fraction in [0, 1]. */
  readonly ece: number;
  /** Maximum calibration error, a fraction in [0, 1]. */
  readonly mce: number;
  readonly bins: readonly ConfidenceBin[];
}

/**
 * Computes the expected and maximum calibration error over equal, right-closed bins of confidence.
 *
 *     ECE = Σ_b (n_b / n) · |acc_b − conf_b|,   MCE = max_b |acc_b − conf_b|,   bin b = (b / B, (b + 1) / B]
 *
 * Confidence is the highest probability of an image. It is compared with the bounds in single precision, the precision of logits.
 * Use it to judge whether a model's probabilities can be trusted, and `bins` to draw a reliability diagram.
 *
 * @param probabilities - `[n · C]`, row-major, or `[n][C]`; each row sums to 1.
 * @param labels - `[n]`, true classes; n ≥ 1.
 * @param bins - B, a whole number ≥ 1.
 * @returns ECE and MCE as fractions in [0, 1], and the B bins in ascending order.
 * @throws {UsageError} if the lengths do not match or `bins` is out of range.
 * @throws {FailureError} if a probability is not finite.
 * @source code: H2T `utils/metric.py` (in percent); Guo et al., ICML 2017
 * @example expectedCalibrationError([0.9, 0.1, 0.3, 0.7], [0, 0]).ece.toFixed(3); // → "0.400"
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number> | readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  bins = 15,
): CalibrationError {
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new UsageError({
      code: "BINS_OUT_OF_RANGE",
      problem: `expected bins to be a whole number of at least 1, got ${bins}`,
      fix: "use 15",
    });
  }
  const flat = flatten(probabilities);
  const n = labels.length;
  const numClasses = flat.length / n;
  if (!(Number.isInteger(numClasses) && numClasses >= 1)) {
    throw new UsageError({
      code: "PROBABILITIES_MISMATCH",
      problem: `expected the same number of probabilities for each of ${n} labels, got ${flat.length} in total`,
      fix: "pass probabilities and labels of the same images",
    });
  }
  const predictions = predictedClasses(flat, numClasses);
  const sums = Array.from({ length: bins }, () => ({ count: 0, correct: 0, confidence: 0 }));
  for (let i = 0; i < n; i++) {
    const prediction = predictions[i] as number;
    const confidence = flat[i * numClasses + prediction] as number;
    const bin = sums[binOf(confidence, bins)] as (typeof sums)[number];
    bin.count += 1;
    bin.correct += prediction === labels[i] ? 1 : 0;
    bin.confidence += confidence;
  }
  const gaps = sums.map(({ count, correct, confidence }) =>
    count ? Math.abs(correct - confidence) / count : 0,
  );
  return {
    ece: gaps.reduce((sum, gap, b) => sum + (gap * (sums[b]?.count ?? 0)) / n, 0),
    mce: Math.max(...gaps),
    bins: sums.map(({ count, correct, confidence }, b) => ({
      above: b / bins,
      upTo: (b + 1) / bins,
      count,
      accuracy: count ? correct / count : null,
      confidence: count ? confidence / count : null,
    })),
  };
}

function flatten(rows: ArrayLike<number> | readonly ArrayLike<number>[]): ArrayLike<number> {
  return isRows(rows) ? Float64Array.from(rows.flatMap((row) => Array.from(row))) : rows;
}

function isRows(
  rows: ArrayLike<number> | readonly ArrayLike<number>[],
): rows is readonly ArrayLike<number>[] {
  return typeof rows[0] === "object";
}

/** Index b of the bin with b / bins < confidence ≤ (b + 1) / bins, or the nearest bin if rounding puts it outside all. */
function binOf(confidence: number, bins: number): number {
  const single = Math.fround(confidence);
  let b = Math.min(bins - 1, Math.max(0, Math.ceil(single * bins) - 1));
  if (b > 0 && single <= Math.fround(b / bins)) b -= 1;
  else if (b < bins - 1 && single > Math.fround((b + 1) / bins)) b += 1;
  return b;
}
