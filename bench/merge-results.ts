import type { Results } from "./results.ts";

/**
 * Results with those of the same day and machine that were measured before: of each section the later one.
 *
 * @param earlier - results of the same file, or `null`.
 * @param names - every section, in the table's order.
 */
export function mergeResults(earlier: Results | null, later: Results, names: readonly string[]): Results {
  const sections = names.flatMap((name) => {
    const found = [...later.sections, ...(earlier?.sections ?? [])].find((section) => section.name === name);
    return found === undefined ? [] : [found];
  });
  const torch = later.machine.torch ?? earlier?.machine.torch ?? null;
  return { ...later, machine: { ...later.machine, torch }, sections };
}
