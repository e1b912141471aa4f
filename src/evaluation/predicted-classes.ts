import { FailureError } from "../errors.ts";

/**
 * The class with the highest score of each image, the lowest class among equals.
 *
 * @param scores - `[n · C]`, row-major: logits or probabilities.
 * @param numClasses - C.
 * @returns `[n]` classes.
 * @throws FailureError if a score is infinite or not a number.
 * @example predictedClasses([0.1, 0.9, 0.5, 0.5], 2); // → Int32Array [1, 0]
 */
export function predictedClasses(scores: ArrayLike<number>, numClasses: number): Int32Array {
  return Int32Array.from({ length: scores.length / numClasses }, (_, i) => {
    let best = 0;
    for (let c = 0; c < numClasses; c++) {
      const score = scores[i * numClasses + c] as number;
      if (!Number.isFinite(score)) {
        throw new FailureError({
          rule: "logits and probabilities must be finite",
          got: `${score} at image ${i}, class ${c}`,
          remedy: "lower the learning rate, or go on from an earlier checkpoint",
        });
      }
      if (score > (scores[i * numClasses + best] as number)) best = c;
    }
    return best;
  });
}
