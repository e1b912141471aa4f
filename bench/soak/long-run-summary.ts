import type { LongRun, Recomputed, Sample } from "./long-run.ts";

/** Caches fill and pools grow until then. */
const settlingMinutes = 5;
/** The most that memory may grow, in MB a minute. */
const steepestSlope = 1;
/** Sums over other batches differ by their order at most. */
const tolerance = 1e-9;

const percent = (fraction: number) => `${(100 * fraction).toFixed(2)} %`;
const megabytes = (bytes: number) => bytes / 1e6;

/** Slope of the least-squares line through points; 0 through fewer than two. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / spread;
}

/** What is held against a long run. */
export interface Findings {
  /** Of resident memory after the first five minutes, in MB a minute. */
  readonly slope: number;
  /** The fewest and the most of them after those minutes. */
  readonly descriptors: readonly [number, number];
  readonly handles: readonly [number, number];
  readonly settled: readonly Sample[];
  readonly drifted: readonly Recomputed[];
  readonly isWell: boolean;
}

/** By how much memory grows, whether handles stay, and where accuracies drift apart. */
export function findingsOf({ samples, rows }: LongRun): Findings {
  const settled = samples.filter(({ minutes }) => minutes >= settlingMinutes);
  const range = (of: (sample: Sample) => number): [number, number] => [
    Math.min(...settled.map(of)),
    Math.max(...settled.map(of)),
  ];
  const slope = slopeOf(settled.map(({ minutes, residentBytes }) => [minutes, megabytes(residentBytes)]));
  const [descriptors, handles] = [range((sample) => sample.descriptors), range((sample) => sample.handles)];
  const drifted = rows.filter(({ logged, recomputed }) => Math.abs(logged - recomputed) > tolerance);
  const isFlat = [
    slopeOf(settled.map((sample) => [sample.minutes, sample.descriptors])),
    slopeOf(settled.map((sample) => [sample.minutes, sample.handles])),
  ].every((growth) => growth < 0.1);
  const isWell = settled.length > 1 && slope < steepestSlope && isFlat && drifted.length === 0;
  return { slope, descriptors, handles, settled, drifted, isWell };
}

/** A row and what the process holds, in a line. */
export const rowLine = (
  { id, seed, logged, recomputed }: Recomputed,
  { minutes, residentBytes, descriptors, handles }: Sample,
): string =>
  `${minutes.toFixed(1)} min: ${id}, seed ${seed}: accuracy ${percent(logged)} logged, ${percent(recomputed)} recomputed; ` +
  `${megabytes(residentBytes).toFixed(0)} MB, ${descriptors} descriptors, ${handles} handles\n`;

/** What a long run has shown. */
export function longRunSummary(run: LongRun): string {
  const { slope, descriptors, handles, settled, drifted } = findingsOf(run);
  if (settled.length < 2)
    return `\nMemory settles in ${settlingMinutes} minutes; a longer run tells how it goes on.\n`;
  const [first, last] = [settled[0] as Sample, settled.at(-1) as Sample];
  const most = Math.max(...run.samples.map(({ residentBytes }) => residentBytes));
  const rows: readonly (readonly [string, string])[] = [
    ["minutes", last.minutes.toFixed(1)],
    ["epochs, each with its evaluation", String(run.samples.length - 1)],
    [`resident memory after ${settlingMinutes} minutes`, `${megabytes(first.residentBytes).toFixed(0)} MB`],
    ["in the end", `${megabytes(last.residentBytes).toFixed(0)} MB`],
    ["at most", `${megabytes(most).toFixed(0)} MB`],
    ["slope between them", `${slope.toFixed(2)} MB a minute`],
    ["descriptors", descriptors.join(" to ")],
    ["handles", handles.join(" to ")],
    ["accuracies that drifted", `${drifted.length} of ${run.rows.length}`],
  ];
  return `\n| a long run | |\n| :-- | --: |\n${rows.map(([name, value]) => `| ${name} | ${value} |\n`).join("")}`;
}
