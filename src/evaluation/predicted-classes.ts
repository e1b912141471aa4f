import { FailureError } from "../errors.ts";

/**
 * Predicts the class with the highest score for each image; the lowest class wins a tie.
 *
 *     ŷ_i = argmax_c s_ic
 *
 * Use it to turn logits or probabilities into predictions for `confusionMatrix`.
 *
 * @param scores - s, `[n · C]`, row-major, logits or probabilities.
 * @param numClasses - C, a whole number ≥ 1.
 * @returns ŷ, `[n]`, classes 0 … C − 1.
 * @throws {FailureError} if a score is infinite or not a number.
 * @example predictedClasses([0.1, 0.9, 0.5, 0.5], 2); // → Int32Array [1, 0]
 */
export function predictedClasses(scores: ArrayLike<number>, numClasses: number): Int32Array {
  return Int32Array.from({ length: scores.length / numClasses }, (_, i) => {
    let best = 0;
    for (let c = 0; c < numClasses; c++) {
      const score = scores[i * numClasses + c] as number;
      if (!Number.isFinite(score)) {
        throw new FailureError({
          code: "SCORE_NOT_FINITE",
          problem: `the score of image ${i} for class ${c} is ${score}`,
          fix: "lower the learning rate, or resume from an earlier checkpoint",
        });
      }
      if (score > (scores[i * numClasses + best] as number)) best = c;
    }
    return best;
  });
}
