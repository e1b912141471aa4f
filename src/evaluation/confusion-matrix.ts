import { UsageError } from "../errors.ts";

/**
 * Counts the predictions of each true class.
 *
 *     M_jk = |{i: y_i = j, ŷ_i = k}|
 *
 * Use it to see which classes are mistaken for which, such as tail classes for head classes.
 *
 * @param predictions - ŷ, `[n]`, predicted classes, 0 … C − 1.
 * @param labels - y, `[n]`, true classes, 0 … C − 1.
 * @param numClasses - C, a whole number ≥ 1.
 * @returns M, `[C][C]`, whole numbers: row = true class, column = predicted class.
 * @throws {UsageError} if the lists differ in length or an entry is not a class.
 * @example confusionMatrix([0, 1, 1], [0, 0, 1], 2); // → [[1, 1], [0, 1]]
 */
export function confusionMatrix(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  numClasses: number,
): number[][] {
  if (predictions.length !== labels.length) {
    throw new UsageError({
      code: "PREDICTIONS_MISMATCH",
      problem: `there are ${predictions.length} predictions for ${labels.length} labels`,
      fix: "pass predictions and labels of the same images",
    });
  }
  const matrix = Array.from({ length: numClasses }, () => new Array<number>(numClasses).fill(0));
  for (let i = 0; i < labels.length; i++) {
    const row = matrix[labels[i] as number];
    const prediction = predictions[i] as number;
    const count = row?.[prediction];
    if (row === undefined || count === undefined) {
      throw new UsageError({
        code: "CLASS_OUT_OF_RANGE",
        problem: `expected labels and predictions to be whole numbers in [0, ${numClasses - 1}], got label ${labels[i]} with prediction ${prediction} at image ${i}`,
        fix: "check the number of classes",
      });
    }
    row[prediction] = count + 1;
  }
  return matrix;
}
