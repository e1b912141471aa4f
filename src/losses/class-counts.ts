import { UsageError } from "../errors.ts";

/**
 * Checks what losses for long tails divide by and take logarithms of.
 *
 * @param classCounts - n, training images of each class.
 * @throws {UsageError} if there is no class or one without images.
 */
export function checkClassCounts(classCounts: readonly number[]): void {
  const empty = classCounts.findIndex((count) => !(count > 0));
  if (classCounts.length > 0 && empty === -1) return;
  throw new UsageError({
    rule: "classCounts tells how many training images each class has, at least one",
    got: classCounts.length === 0 ? "no class" : `${classCounts[empty]} for class ${empty}`,
    remedy: "pass the counts of the training set, longTailedCounts for instance",
  });
}
