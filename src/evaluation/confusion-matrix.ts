import { UsageError } from "../errors.ts";

/**
 * How often each true class was taken for each class.
 *
 * @param predictions - `[n]`, predicted classes, 0 … C − 1.
 * @param labels - `[n]`, true classes, 0 … C − 1.
 * @param numClasses - C.
 * @returns `[C][C]` whole numbers: row = true class, column = predicted class.
 * @throws UsageError if the lists differ in length or an entry is not a class.
 * @example confusionMatrix([0, 1, 1], [0, 0, 1], 2); // → [[1, 1], [0, 1]]
 */
export function confusionMatrix(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  numClasses: number,
): number[][] {
  if (predictions.length !== labels.length) {
    throw new UsageError({
      rule: "every image needs one prediction and one label",
      got: `${predictions.length} predictions and ${labels.length} labels`,
      remedy: "pass both for the same images",
    });
  }
  const matrix = Array.from({ length: numClasses }, () => new Array<number>(numClasses).fill(0));
  for (let i = 0; i < labels.length; i++) {
    const row = matrix[labels[i] as number];
    const prediction = predictions[i] as number;
    const count = row?.[prediction];
    if (row === undefined || count === undefined) {
      throw new UsageError({
        rule: `labels and predictions must be whole numbers from 0 to ${numClasses - 1}`,
        got: `label ${labels[i]} with prediction ${prediction} at image ${i}`,
        remedy: "check the number of classes",
      });
    }
    row[prediction] = count + 1;
  }
  return matrix;
}
