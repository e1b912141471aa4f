import type { Section } from "./sections/section.ts";
import { sections } from "./sections/sections.ts";

/**
 * Sections to measure, in the order of the table.
 *
 * @param only - names of sections; otherwise all that there are threads enough for, and the others are left out.
 */
export function chooseSections(
  only: readonly string[] | undefined,
  threads: number,
): { readonly chosen: readonly Section[]; readonly leftOut: readonly Section[] } {
  if (only !== undefined) return { chosen: sections.filter(({ name }) => only.includes(name)), leftOut: [] };
  const hasThreads = ({ leastThreads = 1 }: Section) => threads >= leastThreads;
  return {
    chosen: sections.filter(hasThreads),
    leftOut: sections.filter((section) => !hasThreads(section)),
  };
}
