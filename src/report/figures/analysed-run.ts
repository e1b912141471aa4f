import type { Analysis } from "../../analysis/analysis.ts";
import { FailureError } from "../../errors.ts";
import type { Experiment } from "../../experiments/experiment.ts";
import { findExperiment } from "../../experiments/rows/experiments.ts";
import { standInId } from "../../experiments/rows/stand-in.ts";
import type { RunRecord } from "../../runs/record.ts";
import { recordsOf } from "../../runs/records.ts";
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
  const found = experiments.map((experiment) => ({
    experiment,
    records: recordsOf(records, experiment, profile)
      .map(({ record }) => record)
      .filter(({ seed }) => seeds?.includes(seed) ?? true),
  }));
  for (const { experiment, records } of found) {
    for (const record of records) {
      const analysis = analyses.find(({ runId }) => runId === record.runId);
      if (analysis !== undefined) return { experiment, record, analysis };
    }
  }
  const ids = experiments.map(({ id }) => id);
  const trained = found.find(({ records }) => records.length > 0);
  const of = `${trained?.experiment.id ?? ids[0]} --profile ${profile}${seeds === undefined ? "" : ` --seed ${seeds[0]}`}`;
  throw new FailureError({
    rule: "a figure of a trained run needs its record and its analysis",
    got: `${trained ? "a record alone" : "neither"} of ${ids.join(" or ")} under profile ${profile}`,
    remedy: `make ${trained ? "it" : "them"}: ${trained ? "" : `npx h2t run ${of} && `}npx h2t analyse ${of}`,
  });
}
