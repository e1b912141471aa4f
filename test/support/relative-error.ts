/** Largest deviation from the reference, relative to the largest reference value; infinite if anything is missing. */
export function relativeError(ours: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (ours.length !== reference.length) return Number.POSITIVE_INFINITY;
  const expected = Array.from(reference);
  const deviations = expected.map((value, i) => Math.abs((ours[i] as number) - value));
  // Math.max keeps a NaN, so that no bound holds for it.
  const largest = (values: readonly number[]) => Math.max(0, ...values);
  return largest(deviations) / largest(expected.map(Math.abs));
}
