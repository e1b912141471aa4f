import jstat from "jstat";
import { mean, sampleDeviation } from "./sample.ts";
import type { Estimate, StageOneMean } from "./tables/table-model.ts";

/** From so many stages I on, their spread says something about another one. */
export const stageOnesForInterval = 3;

/** One number of one run, with the seed of the stage I that the run belongs to. */
export interface Sample {
  readonly stageOneSeed: number;
  readonly value: number;
}

/** Values by stage-I seed, in the order of the seeds. */
function byStageOne(samples: readonly Sample[]): readonly (readonly [seed: number, values: number[]])[] {
  const groups = new Map<number, number[]>();
  for (const { stageOneSeed, value } of samples)
    groups.set(stageOneSeed, [...(groups.get(stageOneSeed) ?? []), value]);
  return [...groups].sort(([a], [b]) => a - b);
}

/**
 * The 95 % interval of a mean by Student's t.
 *
 *     x̄ ± t(0.975, n − 1) · s / √n
 *
 * @param values - one per stage I.
 * @returns `null` with fewer than three values.
 */
function intervalOf(values: readonly number[]): Estimate["interval"] {
  const n = values.length;
  if (n < stageOnesForInterval) return null;
  const half = (jstat.jStat.studentt.inv(0.975, n - 1) * sampleDeviation(values)) / Math.sqrt(n);
  return [mean(values) - half, mean(values) + half];
}

/**
 * The spread over stage-II seeds, pooled over the stages I that they share.
 *
 *     s = √(Σ_g Σ_i (x_gi − x̄_g)² / Σ_g (n_g − 1))
 *
 * @param groups - values by stage I.
 * @returns `null` where every stage I has one run only.
 */
function stageTwoOf(groups: readonly (readonly number[])[]): Estimate["stageTwo"] {
  const several = groups.filter((values) => values.length > 1);
  if (several.length === 0) return null;
  const freedom = several.reduce((sum, values) => sum + values.length - 1, 0);
  const squares = several.reduce(
    (sum, values) => sum + sampleDeviation(values) ** 2 * (values.length - 1),
    0,
  );
  const seeds = Math.max(...several.map((values) => values.length));
  return { deviation: Math.sqrt(squares / freedom), seeds };
}

/**
 * A mean with the stage-I seed as its unit: stage-II seeds are averaged within each stage I first.
 *
 * Runs that share a stage I are no independent repetitions, so their number never narrows the interval.
 *
 * @param samples - one per run.
 * @returns `null` without a sample.
 * @source Student's t; the quantile from jstat
 */
export function estimate(samples: readonly Sample[]): (Estimate & { readonly value: number }) | null {
  if (samples.length === 0) return null;
  const groups = byStageOne(samples);
  const stageOnes = groups.map(
    ([seed, values]): StageOneMean => ({ seed, mean: mean(values), runs: values.length }),
  );
  const means = stageOnes.map((one) => one.mean);
  return {
    value: mean(means),
    interval: intervalOf(means),
    stageOnes,
    stageTwo: stageTwoOf(groups.map(([, values]) => values)),
  };
}
