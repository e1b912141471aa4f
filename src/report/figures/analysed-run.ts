import { FailureError } from "../../errors.ts";
import type { Analysis } from "../../paper/analysis.ts";
import type { Experiment } from "../../paper/experiment.ts";
import type { RunRecord } from "../../paper/record.ts";
import { recordsOf } from "../../paper/records.ts";
import { findExperiment } from "../../paper/rows/experiments.ts";
import { standInId } from "../../paper/rows/stand-in.ts";
import type { FigureInput } from "./figure.ts";

/** A run with what was measured of it beyond its record. */
export interface AnalysedRun {
  readonly experiment: Experiment;
  readonly record: RunRecord;
  readonly analysis: Analysis;
}

/**
 * The run that a figure of a single one shows: the first by seed that was analysed.
 *
 * @param input - its row comes before the figure's own.
 * @param ownRows - ids on the paper's data; the first with such a run is taken.
 * @throws {UsageError} if there is no such row; FailureError if none of the rows has such a run.
 */
export function analysedRun(input: FigureInput, ownRows: readonly string[]): AnalysedRun {
  const { records, analyses, profile, standIn, row, seeds } = input;
  const experiments = (row === undefined ? ownRows : [row]).map((id) =>
    findExperiment(standIn === undefined ? id : standInId(id, standIn)),
  );
  for (const experiment of experiments) {
    for (const { record } of recordsOf(records, experiment, profile)) {
      const analysis = analyses.find(({ runId }) => runId === record.runId);
      if (analysis !== undefined && (seeds?.includes(record.seed) ?? true))
        return { experiment, record, analysis };
    }
  }
  const ids = experiments.map(({ id }) => id);
  const seedsText = seeds === undefined ? "" : ` with seed ${seeds.join(", ")}`;
  throw new FailureError({
    rule: "a figure of a trained run needs its record and its analysis",
    got: `none of ${ids.join(" or ")}${seedsText} under profile ${profile}`,
    remedy: `make them: npx h2t run ${ids[0]} --profile ${profile}${seeds === undefined ? "" : ` --seed ${seeds[0]}`}`,
  });
}
