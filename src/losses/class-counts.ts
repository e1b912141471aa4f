import { UsageError } from "../errors.ts";

/**
 * Checks that class counts may be divided by and have logarithms.
 *
 * @param classCounts - n, training images per class.
 * @throws {UsageError} if there is no class, or a class has no images.
 */
export function checkClassCounts(classCounts: readonly number[]): void {
  const empty = classCounts.findIndex((count) => !(count > 0));
  if (classCounts.length > 0 && empty === -1) return;
  throw new UsageError({
    code: "CLASS_COUNTS_OUT_OF_RANGE",
    problem:
      classCounts.length === 0
        ? "classCounts is empty"
        : `expected classCounts in (0, ∞), got ${classCounts[empty]} for class ${empty}`,
    fix: "pass the counts of the training set, from longTailedCounts for example",
  });
}
