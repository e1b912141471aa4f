import type { Measured } from "../tables/table-model.ts";

/** The individual points behind a mean: one per stage I, or per stage-II seed where all share one stage I. */
export function pointMarks({ stageOnes, runs }: Measured): readonly number[] {
  if (stageOnes.length > 1) return stageOnes.map(({ mean }) => mean);
  const percents = runs.flatMap(({ percent }) => percent ?? []);
  return percents.length > 1 ? percents : [];
}

/** What the marks and bars of a figure stand for, as sentences; none where there are neither. */
export function spreadSentences(measured: readonly Measured[]): string[] {
  const shown = measured.filter((one) => pointMarks(one).length > 0);
  const several = shown.some(({ stageOnes }) => stageOnes.length > 1);
  const single = shown.some(({ stageOnes }) => stageOnes.length === 1);
  return [
    ...(several ? ["Small marks: one per stage-I seed, the mean over its stage-II seeds."] : []),
    ...(single ? ["Small marks where there is one stage I: one per stage-II seed; no interval."] : []),
    ...(measured.some(({ interval }) => interval !== null)
      ? ["Bars: 95 % interval over stage-I seeds (Student's t)."]
      : []),
  ];
}

/** Half of the interval's width, for an error bar; `null` with fewer than three stages I. */
export const halfWidth = (measured: Measured | null | undefined): number | null =>
  measured?.interval ? (measured.interval[1] - measured.interval[0]) / 2 : null;
