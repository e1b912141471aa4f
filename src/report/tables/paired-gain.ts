import type { RunRecord } from "../../runs/record.ts";
import { stageOneSeed } from "../../runs/records.ts";
import { estimate, type Sample } from "../estimate.ts";
import type { Gain } from "./table-model.ts";

/** Whether two runs differ in their method alone: equal seeds after one stage I, or the base is that stage I itself. */
function isPair(run: RunRecord, base: RunRecord): boolean {
  const { from } = run.configuration;
  return base.runId === from || (base.seed === run.seed && base.configuration.from === from);
}

/**
 * The mean of paired differences, with the stage-I seed as its unit.
 *
 * @param differences - one per pair, in percentage points.
 * @returns `null` without a pair.
 */
export function meanGain(differences: readonly Sample[]): Gain | null {
  const found = estimate(differences);
  if (found === null) return null;
  const { value: points, interval, stageOnes, stageTwo } = found;
  const values = differences.map((one) => one.value);
  return { points, interval, stageOnes, stageTwo, pairs: values.length, differences: values };
}

/**
 * How much runs improve on those of their base, pair by pair: the mean of d = run − base.
 *
 * @param runs - of one row, on one pack of the images.
 * @param bases - runs of its base; those on another pack pair with none.
 * @param percentOf - the number of a run; `null` where its group has no class.
 * @returns as `meanGain` does.
 */
export function pairedGain(
  runs: readonly RunRecord[],
  bases: readonly RunRecord[],
  percentOf: (run: RunRecord) => number | null,
): Gain | null {
  const differences = runs.flatMap((run): Sample[] => {
    const base = bases.find((one) => one.data.digest === run.data.digest && isPair(run, one));
    const [ours, theirs] = [percentOf(run), base === undefined ? null : percentOf(base)];
    if (ours === null || theirs === null) return [];
    return [{ stageOneSeed: stageOneSeed(run), value: ours - theirs }];
  });
  return meanGain(differences);
}
