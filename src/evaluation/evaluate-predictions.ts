import { UsageError } from "../errors.ts";
import { classGroups, type GroupName, type GroupRule } from "../splits/class-groups.ts";
import { accuracyByClass } from "./accuracy-by-class.ts";
import { expectedCalibrationError } from "./calibration-error.ts";
import { groupAccuracy } from "./group-accuracy.ts";
import { predictedClasses } from "./predicted-classes.ts";
import { softmax } from "./softmax.ts";

export type { GroupRule };

/** Measures of a model on a test set; accuracies are fractions in [0, 1]. */
export interface Measures {
  /** Accuracy over all images. */
  readonly accuracy: number;
  /** Mean class accuracy per group under each rule; `null` for a group without classes. */
  readonly groups: Record<GroupRule, Record<GroupName, number | null>>;
  /** `[C]`, accuracy per class. */
  readonly perClassAccuracy: number[];
  /** Expected and maximum calibration error with 15 bins. */
  readonly calibration: { readonly ece: number; readonly mce: number };
}

/**
 * Computes every measure of the paper's tables from a model's logits on a test set.
 *
 *     accuracy = |{i: argmax_c z_ic = y_i}| / n
 *
 * Groups average `accuracyByClass` over their classes, and calibration uses `softmax(z)`.
 * Use it for your own model to get the numbers that the kit's records hold.
 *
 * @param logits - z, `[n · C]`, row-major; the mean logits for several experts.
 * @param labels - y, `[n]`, true classes, 0 … C − 1; every class needs at least one image.
 * @param classCounts - `[C]`, training images per class, which decide the groups.
 * @returns accuracies as fractions in [0, 1], and calibration errors.
 * @throws {UsageError} if the lengths do not match or C has no published index ranges.
 * @throws {FailureError} if a logit is not finite or a class has no image.
 * @source code: H2T `train_stage2.py` `validate`, `utils/metric.py`
 * @example
 * const labels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
 * const logits = labels.flatMap((label) => labels.map((c) => (c === label ? 5 : 0)));
 * evaluatePredictions({ logits, labels, classCounts: longTailedCounts(5000, 10, 100) }).accuracy; // → 1
 */
export function evaluatePredictions({
  logits,
  labels,
  classCounts,
}: {
  readonly logits: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly classCounts: readonly number[];
}): Measures {
  const numClasses = classCounts.length;
  if (logits.length !== labels.length * numClasses) {
    throw new UsageError({
      code: "LOGITS_MISMATCH",
      problem: `expected ${labels.length * numClasses} logits (${labels.length} labels × ${numClasses} classes), got ${logits.length}`,
      fix: "pass logits and labels of the same images",
    });
  }
  const predictions = predictedClasses(logits, numClasses);
  const perClassAccuracy = accuracyByClass(predictions, labels, numClasses);
  const groups = (rule: GroupRule) => groupAccuracy(perClassAccuracy, classGroups(classCounts, rule));
  const { ece, mce } = expectedCalibrationError(softmax(logits, numClasses), labels);
  return {
    accuracy: predictions.reduce((sum, c, i) => sum + (c === labels[i] ? 1 : 0), 0) / labels.length,
    groups: { byIndex: groups("byIndex"), byCount: groups("byCount") },
    perClassAccuracy,
    calibration: { ece, mce },
  };
}
