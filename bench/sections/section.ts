import type { Processes } from "../processes.ts";
import type { Group } from "../results.ts";

/** One part of the benchmark. */
export interface Section {
  /** As `--only` takes it. */
  readonly name: string;
  /** For the help. */
  readonly about: string;
  /** How often everything takes its turn, unless `--rounds` says otherwise. */
  readonly rounds: number;
  readonly comparesWithPyTorch: boolean;
  /** With fewer there is nothing to compare. @default 1 */
  readonly leastThreads?: number;
  run(processes: Processes, rounds: number): Promise<Group[]>;
}
