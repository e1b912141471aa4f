import { loadavg } from "node:os";
import { runningSources } from "../src/runs/sources.ts";
import type { Processes } from "./processes.ts";
import type { SectionResult } from "./results.ts";
import type { Section } from "./sections/section.ts";

/** Measures one section. */
export async function runSection(
  section: Section,
  processes: Processes,
  rounds: number | undefined,
): Promise<SectionResult> {
  const [started, loadAverage, commit] = [new Date(), loadavg()[0] ?? 0, runningSources().commit];
  const groups = await section.run(processes, rounds ?? section.rounds);
  await processes.end();
  const wallSeconds = (Date.now() - started.getTime()) / 1000;
  return { name: section.name, startedAt: started.toISOString(), commit, loadAverage, wallSeconds, groups };
}
