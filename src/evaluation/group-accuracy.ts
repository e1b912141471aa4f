import type { Group, GroupName } from "../splits/class-groups.ts";

/**
 * Averages the class accuracies of each group, without weights.
 *
 *     acc_g = Σ_{c ∈ g} acc_c / |g|
 *
 * Use it to compare head, medium and tail, as the paper's tables do.
 *
 * @param perClass - acc, `[C]`, fractions in [0, 1], as `accuracyByClass` returns them.
 * @param groups - groups of the training counts, as `classGroups` returns them.
 * @returns a fraction in [0, 1] per group; `null` for a group without classes.
 * @source code: H2T `train_stage2.py` `validate`
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
