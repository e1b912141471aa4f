import type { Analysis } from "../../analysis/analysis.ts";
import type { Profile, StandInName } from "../../experiments/experiment.ts";
import type { StoredRecord } from "../../runs/records.ts";
import type { PlotlyFigure } from "./plotly-figure.ts";

/** A figure with everything that is shown of it, as plain data. */
export interface Figure {
  /** As in the paper: `figure-5`; else what it shows: `confusion-matrix`. */
  readonly name: string;
  /** One line, without full stop. */
  readonly title: string;
  /** Sentences to be read with it: what is drawn, then profile, data set or stand-in, origin of the images, and seeds. */
  readonly caption: string;
  /** What is to be seen, in words and numbers, for readers who do not see it. */
  readonly altText: string;
  /** Without title and caption, which are shown next to it. */
  readonly plotly: PlotlyFigure;
}

/** What a figure is drawn from, and which of it. */
export interface FigureInput {
  /** As `readRecords` returns them. */
  readonly records: readonly StoredRecord[];
  /** What was measured of runs beyond their records, of any runs. */
  readonly analyses: readonly Analysis[];
  /** Only records of this profile are drawn: a figure never mixes them. */
  readonly profile: Profile;
  /** The data set that stands in for the paper's. */
  readonly standIn?: StandInName;
  /** The row to draw instead of the figure's own, or the beginning of several; on the paper's data: `table-5/bs-is`. */
  readonly row?: string;
  /** Only records of these seeds; all where absent. */
  readonly seeds?: readonly number[];
}

/**
 * Draws one figure.
 *
 * @throws {FailureError} if what it is drawn from is missing; names the command that makes it.
 */
export type FigureBuilder = (input: FigureInput) => Figure;
