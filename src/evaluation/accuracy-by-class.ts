import { FailureError } from "../errors.ts";
import { confusionMatrix } from "./confusion-matrix.ts";

/**
 * Computes the accuracy of each class.
 *
 *     acc_c = |{i: y_i = c, ŷ_i = c}| / |{i: y_i = c}|
 *
 * Use it to see which classes improve; `groupAccuracy` averages it over head, medium and tail.
 *
 * @param predictions - ŷ, `[n]`, predicted classes, 0 … C − 1.
 * @param labels - y, `[n]`, true classes, 0 … C − 1.
 * @param numClasses - C, a whole number ≥ 1.
 * @returns `[C]`, fractions in [0, 1].
 * @throws {UsageError} if the lists differ in length or an entry is not a class.
 * @throws {FailureError} if a class has no image.
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
        code: "CLASS_WITHOUT_TEST_IMAGES",
        problem: `class ${c} has no test images`,
        fix: "check the test set and the number of classes",
      });
    }
    return (row[c] as number) / images;
  });
}
