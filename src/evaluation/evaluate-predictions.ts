import { UsageError } from "../errors.ts";
import { classGroups, type GroupName, type GroupRule } from "../splits/class-groups.ts";
import { accuracyByClass } from "./accuracy-by-class.ts";
import { expectedCalibrationError } from "./calibration-error.ts";
import { groupAccuracy } from "./group-accuracy.ts";
import { predictedClasses } from "./predicted-classes.ts";
import { softmax } from "./softmax.ts";

export type { GroupRule };

/** What a test set says about a model; every accuracy is a fraction. */
export interface Measures {
  /** Share of all images that are recognised. */
  readonly accuracy: number;
  /** Mean accuracy of each group's classes; `null` where the group has no class. */
  readonly groups: Record<GroupRule, Record<GroupName, number | null>>;
  readonly perClassAccuracy: number[];
  /** Expected and maximum calibration error, 15 bins. */
  readonly calibration: { readonly ece: number; readonly mce: number };
}

/**
 * Measures a model by its logits on a test set.
 *
 * @param logits - `[n · C]`, row-major; of several experts the mean.
 * @param labels - `[n]`, true classes, 0 … C − 1; every class has an image.
 * @param classCounts - `[C]`, images of each class in training, which decide the groups.
 * @throws UsageError if lengths do not match or C has no published index ranges; FailureError if a logit is not finite.
 * @source code: H2T `train_stage2.py` `validate`, `utils/metric.py`.
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
      rule: `logits must hold ${numClasses} numbers for each label`,
      got: `${logits.length} logits for ${labels.length} labels`,
      remedy: "pass both for the same images",
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
