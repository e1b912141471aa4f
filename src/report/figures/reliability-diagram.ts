import type { Analysis } from "../../analysis/analysis.ts";
import { metricColours, stageColours, theme } from "../theme.ts";
import { analysedRun } from "./analysed-run.ts";
import type { FigureBuilder } from "./figure.ts";
import { measuredOn } from "./measured-on.ts";
import type { PlotlyFigure } from "./plotly-figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";

type Bins = Analysis["bins"];

const percent = (fraction: number) => Number((100 * fraction).toFixed(2));
const imagesOf = (bins: Bins) => bins.reduce((sum, { count }) => sum + count, 0);

/** Σ_b (n_b / n) · |acc_b − conf_b|, and by how much confidence exceeds accuracy on average: both in percentage points. */
function gapsOf(bins: Bins) {
  const n = imagesOf(bins);
  const mean = (of: (gap: number) => number) =>
    bins.reduce(
      (sum, { count, accuracy, confidence }) => sum + (count / n) * of((confidence ?? 0) - (accuracy ?? 0)),
      0,
    );
  return { error: 100 * mean(Math.abs), excess: 100 * mean((gap) => gap) };
}

function toPlotly(bins: Bins): PlotlyFigure {
  const n = imagesOf(bins);
  const x = bins.map(({ above, upTo }) => percent((above + upTo) / 2));
  const width = percent((bins[0]?.upTo ?? 1) - (bins[0]?.above ?? 0));
  const ranges = bins.map(({ above, upTo }) => `${percent(above)} to ${percent(upTo)} %`);
  const filled = bins.filter(({ count }) => count > 0);
  return {
    data: [
      {
        ...{ type: "bar", name: "Accuracy", x, width, yaxis: "y" },
        y: bins.map(({ accuracy }) => (accuracy === null ? null : percent(accuracy))),
        marker: { color: metricColours.head, line: { color: theme.background, width: 1 } },
        customdata: ranges,
        hovertemplate: "confidence %{customdata}<br>accuracy %{y:.2f} %<extra></extra>",
      },
      {
        ...{ type: "scatter", name: "Mean confidence", mode: "markers", yaxis: "y" },
        x: filled.map(({ confidence }) => percent(confidence ?? 0)),
        y: filled.map(({ confidence }) => percent(confidence ?? 0)),
        marker: { color: stageColours.II, size: 7 },
        hovertemplate: "mean confidence %{y:.2f} %<extra></extra>",
      },
      {
        ...{ type: "scatter", name: "Calibrated", mode: "lines", x: [0, 100], y: [0, 100], yaxis: "y" },
        ...{ line: { color: theme.text, width: 1, dash: "dash" }, hoverinfo: "skip" },
      },
      {
        ...{ type: "bar", name: "Images", x, width, yaxis: "y2", showlegend: false },
        y: bins.map(({ count }) => percent(count / n)),
        marker: { color: theme.muted, line: { color: theme.background, width: 1 } },
        customdata: ranges,
        hovertemplate: "confidence %{customdata}<br>%{y:.2f} % of the images<extra></extra>",
      },
    ],
    layout: plotlyLayout({
      height: 480,
      bargap: 0,
      xaxis: plotlyAxis("Confidence (%)", { range: [0, 100], anchor: "y2" }),
      yaxis: plotlyAxis("Accuracy (%)", { range: [0, 100], domain: [0.36, 1] }),
      yaxis2: plotlyAxis("Test images (%)", { rangemode: "tozero", domain: [0, 0.26], nticks: 4 }),
    }),
  };
}

/**
 * Reliability diagram: accuracy by confidence on the test set; a calibrated model's bars end on the diagonal.
 *
 * @source Guo et al. 2017; not in the paper
 */
export const reliabilityDiagram: FigureBuilder = (input) => {
  const { experiment, record, analysis } = analysedRun(input, [
    "table-1/cifar10/100/dr-h2t",
    "table-1/cifar10/100/ce-mixup",
    "table-5/bs-is",
  ]);
  const { error, excess } = gapsOf(analysis.bins);
  const confident = excess > 0 ? "over-confident" : "under-confident";
  const found = `Expected calibration error ${error.toFixed(2)} percentage points over ${analysis.bins.length} bins; ${confident} by ${Math.abs(excess).toFixed(2)} on average`;
  return {
    name: "reliability-diagram",
    title: `Accuracy by confidence: ${experiment.label}`,
    caption: `${found}. Confidence is the highest predicted probability of an image. Row ${experiment.id}, after the last epoch, ${imagesOf(analysis.bins)} test images. ${measuredOn([record])}`,
    altText: `Bar chart of accuracy by bin of confidence, above the share of test images in each bin. ${found}.`,
    plotly: toPlotly(analysis.bins),
  };
};
