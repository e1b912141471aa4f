import jstat from "jstat";
import type { RunRecord } from "../paper/record.ts";
import { mean, sampleDeviation } from "./sample.ts";
import type { Gain } from "./table-model.ts";

/** From so many pairs on, their spread says something about the mean's. */
const pairsForInterval = 3;

/** Whether two runs differ in their method alone: equal seeds after one stage I, or the base is that stage I itself. */
function isPair(run: RunRecord, base: RunRecord): boolean {
  const { from } = run.configuration;
  return base.runId === from || (base.seed === run.seed && base.configuration.from === from);
}

/**
 * The mean of paired differences.
 *
 *     d̄ ± t(0.975, n − 1) · s / √n
 *
 * @param differences - d, one a pair, in percentage points.
 * @returns with its 95 % interval from three pairs on; `null` without a pair.
 * @source Student's t for paired samples; the quantile from jstat
 */
export function meanGain(differences: readonly number[]): Gain | null {
  const pairs = differences.length;
  if (pairs === 0) return null;
  const points = mean(differences);
  if (pairs < pairsForInterval) return { points, interval: null, pairs };
  const half = (jstat.jStat.studentt.inv(0.975, pairs - 1) * sampleDeviation(differences)) / Math.sqrt(pairs);
  return { points, interval: [points - half, points + half], pairs };
}

/**
 * By how much runs improve on those of their base, pair by pair: the mean of d = run − base.
 *
 * @param runs - of one row, on one packing of the images.
 * @param bases - runs of its base; those on other images pair with none.
 * @param percentOf - the number of a run; `null` where its group has no class.
 * @returns as `meanGain` does.
 */
export function pairedGain(
  runs: readonly RunRecord[],
  bases: readonly RunRecord[],
  percentOf: (run: RunRecord) => number | null,
): Gain | null {
  const differences = runs.flatMap((run) => {
    const base = bases.find((one) => one.data.digest === run.data.digest && isPair(run, one));
    const [ours, theirs] = [percentOf(run), base === undefined ? null : percentOf(base)];
    return ours === null || theirs === null ? [] : [ours - theirs];
  });
  return meanGain(differences);
}
