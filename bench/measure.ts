import { existsSync } from "node:fs";
import path from "node:path";
import { threads } from "../src/engine/configure.ts";
import { chooseSections } from "./choose-sections.ts";
import type { BenchOptions } from "./command.ts";
import { describeMachine } from "./machine.ts";
import { mergeResults } from "./merge-results.ts";
import type { Processes } from "./processes.ts";
import { pythonWithPyTorch } from "./pytorch.ts";
import type { Results } from "./results.ts";
import { nameOf, readResults, writeResults } from "./results-files.ts";
import { runSection } from "./run-section.ts";
import { sections } from "./sections/sections.ts";

/** How the benchmark tells how far it is, and asks. */
export interface Surroundings {
  readonly tell: (text: string) => void;
  readonly ask?: (question: string) => Promise<boolean>;
  readonly processes: Processes;
}

/**
 * Measures sections, one after another, and keeps each at once.
 *
 * @returns everything in the file of the day and the machine.
 */
export async function measure(
  { only, rounds, pytorch, python, yes, results: folder }: BenchOptions,
  { tell, ask, processes }: Surroundings,
): Promise<{ readonly file: string; readonly results: Results }> {
  const { chosen, leftOut } = chooseSections(only, threads);
  for (const { name, leastThreads } of leftOut)
    tell(`${name}: left out, since it compares nothing with fewer than ${leastThreads} threads\n`);
  const needsPyTorch = pytorch && chosen.some(({ comparesWithPyTorch }) => comparesWithPyTorch);
  if (needsPyTorch) {
    processes.python = await pythonWithPyTorch(
      { yes: yes === true, ...(python && { python }), ...(ask && { ask }) },
      processes,
    );
  }
  const machine = await describeMachine(processes);
  const date = new Date().toISOString().slice(0, 10);
  const file = path.join(folder, nameOf(date, machine));
  let results: Results | null = existsSync(file) ? readResults(file) : null;
  for (const section of chosen) {
    tell(`${section.name}: ${section.about} …\n`);
    const measured = await runSection(section, processes, rounds);
    const later: Results = { schemaVersion: 1, date, machine, sections: [measured] };
    results = mergeResults(
      results,
      later,
      sections.map(({ name }) => name),
    );
    await writeResults(folder, results);
    tell(`${section.name}: ${Math.round(measured.wallSeconds)} s\n`);
  }
  if (results === null) throw new Error("internal: no section was chosen");
  return { file, results };
}
