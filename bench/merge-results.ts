import type { Machine, Results } from "./results.ts";

/** Whether two measurements can share a table, which names each version once. */
const haveEqualVersions = (one: Machine, other: Machine) =>
  one.node === other.node &&
  one.tensorflow === other.tensorflow &&
  (one.torch === other.torch || one.torch === null || other.torch === null);

/**
 * Results with those of the same day, machine and versions that were measured before: of each section the later one.
 *
 * @param earlier - results of the same file, or `null`; left out where their versions differ.
 * @param names - every section, in the table's order.
 */
export function mergeResults(earlier: Results | null, later: Results, names: readonly string[]): Results {
  const kept = earlier !== null && haveEqualVersions(earlier.machine, later.machine) ? earlier : null;
  const sections = names.flatMap((name) => {
    const found = [...later.sections, ...(kept?.sections ?? [])].find((section) => section.name === name);
    return found === undefined ? [] : [found];
  });
  const torch = later.machine.torch ?? kept?.machine.torch ?? null;
  return { ...later, machine: { ...later.machine, torch }, sections };
}
