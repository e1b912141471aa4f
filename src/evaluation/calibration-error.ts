import { UsageError } from "../errors.ts";
import { predictedClasses } from "./predicted-classes.ts";

/** The images whose confidence lies in (above, upTo]. */
export interface ConfidenceBin {
  readonly above: number;
  readonly upTo: number;
  readonly count: number;
  /** Share of the bin's images that are recognised, and their mean confidence; `null` in an empty bin. */
  readonly accuracy: number | null;
  readonly confidence: number | null;
}

/** How far confidence and accuracy lie apart. */
export interface CalibrationError {
  readonly ece: number;
  readonly mce: number;
  readonly bins: readonly ConfidenceBin[];
}

/**
 * Expected and maximum calibration error over equal, right-closed bins of confidence.
 *
 *     ECE = Σ_b (n_b / n) · |acc_b − conf_b|,   MCE = max_b |acc_b − conf_b|,   bin b = (b / B, (b + 1) / B]
 *
 * Confidence is the highest probability of an image; it is compared with the bounds in single precision, the precision of logits.
 *
 * @param probabilities - `[n · C]`, row-major, or `[n][C]`; each row sums to 1.
 * @param labels - `[n]`, true classes; n ≥ 1.
 * @param bins - B, a whole number of at least 1.
 * @returns fractions, and the B bins in ascending order for a reliability diagram.
 * @throws UsageError if lengths do not match or `bins` is out of range; FailureError if a probability is not finite.
 * @source code: H2T `utils/metric.py` (in percent there); Guo et al. 2017.
 * @example expectedCalibrationError([0.9, 0.1, 0.3, 0.7], [0, 0]).ece.toFixed(3); // → "0.400"
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number> | readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  bins = 15,
): CalibrationError {
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new UsageError({
      rule: "bins must be a whole number of at least 1",
      got: String(bins),
      remedy: "use 15",
    });
  }
  const flat = flatten(probabilities);
  const n = labels.length;
  const numClasses = flat.length / n;
  if (!(Number.isInteger(numClasses) && numClasses >= 1)) {
    throw new UsageError({
      rule: "probabilities must hold one row of classes for each label",
      got: `${flat.length} probabilities for ${n} labels`,
      remedy: "pass both for the same images",
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

/** The bin b with b / bins < confidence ≤ (b + 1) / bins; what rounding puts outside goes to the nearest bin. */
function binOf(confidence: number, bins: number): number {
  const single = Math.fround(confidence);
  let b = Math.min(bins - 1, Math.max(0, Math.ceil(single * bins) - 1));
  if (b > 0 && single <= Math.fround(b / bins)) b -= 1;
  else if (b < bins - 1 && single > Math.fround((b + 1) / bins)) b += 1;
  return b;
}
