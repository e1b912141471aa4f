import type { Group, GroupName } from "../splits/class-groups.ts";

/**
 * Unweighted mean of the accuracies of each group's classes.
 *
 * @param perClass - `[C]`, fractions.
 * @param groups - as `classGroups` makes them from the training counts.
 * @returns a fraction for each group; `null` for a group without classes.
 * @source code: H2T `train_stage2.py` `validate`.
 * @example groupAccuracy([0.9, 0.5], classGroups([500, 5], "byCount")).tail; // → 0.5
 */
export function groupAccuracy(
  perClass: readonly number[],
  groups: readonly Group[],
): Record<GroupName, number | null> {
  const accuracy: Record<GroupName, number | null> = { head: null, medium: null, tail: null };
  for (const { name, classes } of groups) {
    if (classes.length === 0) continue;
    accuracy[name] = classes.reduce((sum, c) => sum + (perClass[c] as number), 0) / classes.length;
  }
  return accuracy;
}
