import { UsageError } from "../errors.ts";

/** The three groups of the paper's tables, most frequent classes first. */
export const groupNames = ["head", "medium", "tail"] as const;
export type GroupName = (typeof groupNames)[number];

/** One group and its classes, ascending; it may be empty. */
export interface Group {
  readonly name: GroupName;
  readonly classes: readonly number[];
}

/**
 * Rules that assign classes to groups.
 *
 * - `byIndex`: fixed shares of the classes in order of frequency, as in the paper's tables.
 * - `byCount`: head n > 100, medium 20 < n ≤ 100, tail n ≤ 20, as in the paper's text (section 4.1).
 */
export const groupRules = ["byIndex", "byCount"] as const;
export type GroupRule = (typeof groupRules)[number];

/** First ranks of medium and tail, by number of classes. */
const firstRanks: ReadonlyMap<number, readonly [medium: number, tail: number]> = new Map([
  [10, [3, 7]], // CIFAR-10-LT
  [100, [36, 71]], // CIFAR-100-LT
  [365, [131, 288]], // Places-LT
  [1000, [390, 835]], // ImageNet-LT
  [8142, [842, 4543]], // iNaturalist 2018
]);

/**
 * Assigns each class to head, medium or tail.
 *
 *     byCount: head n > 100,   medium 20 < n ≤ 100,   tail n ≤ 20
 *
 * Use `byIndex` to compare with the paper's tables, whose totals recompose only under that rule.
 *
 * @param classCounts - n, `[C]`, training images per class.
 * @param rule - `byIndex` ranks the classes by descending count (ties: lower class first); `byCount` uses the count alone.
 * @returns head, medium and tail, in this order; each class appears exactly once.
 * @throws {UsageError} if `byIndex` has no published ranges for C classes.
 * @source paper section 4.1 (`byCount`); code: H2T and MisLAS `config/` (`byIndex`)
 * @example classGroups(longTailedCounts(5000, 10, 100), "byIndex")[2]?.classes; // → [7, 8, 9]
 */
export function classGroups(classCounts: readonly number[], rule: GroupRule): Group[] {
  const groupOf = rule === "byIndex" ? groupByIndex(classCounts) : groupByCount(classCounts);
  const classes = classCounts.map((_, c) => c);
  return groupNames.map((name) => ({ name, classes: classes.filter((c) => groupOf(c) === name) }));
}

function groupByCount(classCounts: readonly number[]): (c: number) => GroupName {
  return (c) => {
    const count = classCounts[c] as number;
    return count > 100 ? "head" : count > 20 ? "medium" : "tail";
  };
}

function groupByIndex(classCounts: readonly number[]): (c: number) => GroupName {
  const ranges = firstRanks.get(classCounts.length);
  if (ranges === undefined) {
    throw new UsageError({
      code: "GROUP_RANGES_UNKNOWN",
      problem: `expected ${[...firstRanks.keys()].join(", ")} classes for the rule "byIndex", got ${classCounts.length}`,
      fix: 'use the rule "byCount"',
    });
  }
  const [medium, tail] = ranges;
  const ranked = classCounts.map((count, c) => ({ count, c })).sort((a, b) => b.count - a.count || a.c - b.c);
  const rankOf = new Map(ranked.map(({ c }, rank) => [c, rank]));
  return (c) => {
    const rank = rankOf.get(c) as number;
    return rank < medium ? "head" : rank < tail ? "medium" : "tail";
  };
}
