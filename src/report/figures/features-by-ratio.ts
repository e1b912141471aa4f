import path from "node:path";
import { FailureError } from "../../errors.ts";
import { experiments } from "../../experiments/rows/experiments.ts";
import { standInId } from "../../experiments/rows/stand-in.ts";
import { figureRows } from "../../experiments/tables/figure-rows.ts";
import { type AnalysedRun, analysedRun } from "./analysed-run.ts";
import { embeddingOf, howEmbedded } from "./embedded-run.ts";
import { embeddingPanels, legendText } from "./embedding-panels.ts";
import type { FigureBuilder, FigureInput } from "./figure.ts";
import { measuredOn } from "./measured-on.ts";
import { separation } from "./separation.ts";

/** What the figure's own rows begin with. */
const beginning = path.dirname(figureRows["figure-s1"][0] ?? "");

/** Rows of the figure, or those that begin with the given one. */
function rowsOf({ row }: FigureInput): readonly string[] {
  if (row === undefined) return figureRows["figure-s1"];
  return experiments().flatMap(({ id }) => (id === row || id.startsWith(`${row}/`) ? [id] : []));
}

/** p of a row that fuses features. */
const ratioOf = ({ analysis }: AnalysedRun) => analysis.embedding?.fusion?.ratio;

/** The analysed runs of rows with fusion, by p. */
function runsOf(input: FigureInput): AnalysedRun[] {
  const runs = rowsOf(input).flatMap((row) => {
    try {
      return [analysedRun({ ...input, row }, [])];
    } catch (error) {
      if (error instanceof FailureError) return [];
      throw error;
    }
  });
  return runs
    .filter((run) => ratioOf(run) !== undefined)
    .sort((a, b) => (ratioOf(a) ?? 0) - (ratioOf(b) ?? 0));
}

function nothingToDraw({ row = beginning, standIn, profile }: FigureInput): FailureError {
  const rows = standIn === undefined ? row : standInId(row, standIn);
  const ofRows = `${rows} --profile ${profile}`;
  return new FailureError({
    rule: "features by fusion ratio are drawn from analysed runs of rows with fusion",
    got: `none of ${rows} under profile ${profile}`,
    remedy: `make them: npx h2t run ${ofRows} && npx h2t analyse ${ofRows}`,
  });
}

/**
 * Figure S1: class-balanced features in two dimensions for each fusion ratio p; panels of ratios without an analysed run are left out.
 *
 * @source paper Figure S1
 */
export const featuresByRatio: FigureBuilder = (input) => {
  const runs = runsOf(input);
  if (runs.length === 0) throw nothingToDraw(input);
  const panels = runs.map((run) => ({
    title: `p = ${ratioOf(run)?.toFixed(1)}`,
    run,
    embedding: embeddingOf(run),
  }));
  const shares = panels.map(
    ({ title, embedding }) => `${(100 * separation(embedding)).toFixed(0)} % at ${title}`,
  );
  const found = `Of the points' ten nearest neighbours are of their own class: ${shares.join(", ")}`;
  const [first] = panels as [(typeof panels)[number]];
  return {
    name: "figure-s1",
    title: "Features that the classifier learns from, by fusion ratio p",
    caption: [
      `p is the share of channels that head-to-tail fusion replaces. ${howEmbedded(first.embedding)}`,
      `Each panel draws the same images. ${found}. ${legendText}`,
      `${[...new Set([runs[0], runs.at(-1)].map((run) => run?.experiment.id))].join(" … ")}, after the last epoch. ${measuredOn(runs.map(({ record }) => record))}`,
    ].join(" "),
    altText: `${panels.length} scatter plots of features in two dimensions, coloured by class, one a fusion ratio. ${found}.`,
    plotly: embeddingPanels(panels, {
      columns: Math.min(4, panels.length),
      panelHeight: 215,
      pointSize: 3.5,
    }),
  };
};
