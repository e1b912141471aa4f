import { FailureError } from "../../errors.ts";
import { findExperiment } from "../../experiments/rows/experiments.ts";
import { figureRows } from "../../experiments/tables/figure-rows.ts";
import { type AnalysedRun, analysedRun } from "./analysed-run.ts";
import { embeddingOf, howEmbedded } from "./embedded-run.ts";
import { embeddingPanels, legendText } from "./embedding-panels.ts";
import type { FigureBuilder, FigureInput } from "./figure.ts";
import { measuredOn } from "./measured-on.ts";
import { separation } from "./separation.ts";

/** The pairs of rows without and with H2T: the figure's own, or the given row behind that which it improves on. */
function pairsOf({ row }: FigureInput): readonly (readonly [string, string])[] {
  if (row === undefined) return figureRows["figure-4"];
  const { base, stage } = findExperiment(row);
  if (base !== undefined && stage.kind === "classifier" && stage.fusion.kind !== "none") return [[base, row]];
  throw new FailureError({
    rule: "features without and with H2T need a row with fusion that improves on one without",
    got: `"${row}"`,
    remedy: `use "${figureRows["figure-4"][0][1]}", for example`,
  });
}

/** The first pair whose runs are both analysed. @throws {FailureError} that of the first pair, if there is none. */
function runsOf(input: FigureInput): readonly [AnalysedRun, AnalysedRun] {
  const failures: FailureError[] = [];
  for (const [without, fused] of pairsOf(input)) {
    try {
      return [analysedRun({ ...input, row: without }, []), analysedRun({ ...input, row: fused }, [])];
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      failures.push(error);
    }
  }
  throw failures[0];
}

/**
 * Figure 4: what the classifier is trained on without and with H2T, class-balanced features in two dimensions.
 *
 * @source paper Figure 4 and section 4.4
 */
export const fusedFeatures: FigureBuilder = (input) => {
  const [without, fused] = runsOf(input);
  const panels = [without, fused].map((run) => ({
    title: run.experiment.label,
    run,
    embedding: embeddingOf(run),
  }));
  const ratio = embeddingOf(fused).fusion?.ratio ?? 0;
  const shares = panels.map(({ embedding }) => `${(100 * separation(embedding)).toFixed(0)} %`);
  const found = `Of the points' ten nearest neighbours ${shares[0]} are of their own class without H2T, ${shares[1]} with it`;
  return {
    name: "figure-4",
    title: "Features that the classifier learns from, without and with H2T",
    caption: [
      `Left ${without.experiment.label}, right ${fused.experiment.label}, whose features are fused at p = ${ratio} and keep their class-balanced label.`,
      `${howEmbedded(embeddingOf(fused))} ${found}. ${legendText}`,
      `${without.experiment.id} and ${fused.experiment.id}, after the last epoch. ${measuredOn([without.record, fused.record])}`,
    ].join(" "),
    altText: `Two scatter plots of features in two dimensions, coloured by class. ${found}.`,
    plotly: embeddingPanels(panels, { columns: 2, panelHeight: 400, pointSize: 5 }),
  };
};
