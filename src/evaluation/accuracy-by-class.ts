import { FailureError } from "../errors.ts";
import { confusionMatrix } from "./confusion-matrix.ts";

/**
 * Share of each class's images that are recognised.
 *
 * @param predictions - `[n]`, predicted classes.
 * @param labels - `[n]`, true classes.
 * @param numClasses - C.
 * @returns `[C]`, fractions.
 * @throws UsageError as `confusionMatrix` does; FailureError if a class has no image.
 * @example accuracyByClass([0, 1, 1], [0, 0, 1], 2); // → [0.5, 1]
 */
export function accuracyByClass(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  numClasses: number,
): number[] {
  return confusionMatrix(predictions, labels, numClasses).map((row, c) => {
    const images = row.reduce((sum, n) => sum + n, 0);
    if (images === 0) {
      throw new FailureError({
        rule: "every class needs a test image to be measured on",
        got: `class ${c} without any`,
        remedy: "check the test set and the number of classes",
      });
    }
    return (row[c] as number) / images;
  });
}
