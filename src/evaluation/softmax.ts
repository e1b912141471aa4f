/**
 * Converts logits to class probabilities, image by image.
 *
 *     p_c = exp(z_c − max z) / Σ_k exp(z_k − max z)
 *
 * Use it before `expectedCalibrationError`.
 *
 * @param logits - z, `[n · C]`, row-major.
 * @param numClasses - C, a whole number ≥ 1.
 * @returns p, `[n · C]`, in [0, 1] and double precision; each row sums to 1.
 * @example softmax([0, 0, 7, 7], 2); // → Float64Array [0.5, 0.5, 0.5, 0.5]
 */
export function softmax(logits: ArrayLike<number>, numClasses: number): Float64Array {
  const probabilities = Float64Array.from(logits);
  for (let start = 0; start < probabilities.length; start += numClasses) {
    const row = probabilities.subarray(start, start + numClasses);
    const highest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let total = 0;
    for (let c = 0; c < numClasses; c++) {
      row[c] = Math.exp((row[c] as number) - highest);
      total += row[c] as number;
    }
    for (let c = 0; c < numClasses; c++) row[c] = (row[c] as number) / total;
  }
  return probabilities;
}
