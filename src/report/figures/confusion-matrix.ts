import { groupsOf } from "../../runs/groups-of.ts";
import type { RunRecord } from "../../runs/record.ts";
import { className, classText, classTicks } from "../class-names.ts";
import { metricTitles, theme } from "../theme.ts";
import { type AnalysedRun, analysedRun } from "./analysed-run.ts";
import type { FigureBuilder } from "./figure.ts";
import { measuredOn } from "./measured-on.ts";
import type { PlotlyFigure } from "./plotly-figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";

/** Up to so many classes each cell is written. */
const mostWritten = 20;

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** Each row as percent of its class's test images. */
const percentOf = (confusion: AnalysedRun["analysis"]["confusion"]) =>
  confusion.map((row) => row.map((count) => Number(((100 * count) / sumOf(row)).toFixed(1))));

/** White to the head's blue and on to a dark one: one hue, so that print and every eye keep the order. */
const scale = [
  [0, theme.background],
  [0.5, "#5fa8d6"],
  [1, "#00395c"],
] as const;

/** Names of the groups along the top, and lines where they meet. */
function groupMarks(record: RunRecord) {
  const groups = groupsOf(record).filter(({ classes }) => classes.length > 0);
  const ends = groups.slice(1).map(({ classes }) => (classes[0] ?? 0) - 0.5);
  const line = { color: theme.muted, width: 1 };
  return {
    shapes: ends.flatMap((at) => [
      { type: "line", xref: "x", yref: "y domain", x0: at, x1: at, y0: 0, y1: 1, line },
      { type: "line", xref: "x domain", yref: "y", x0: 0, x1: 1, y0: at, y1: at, line },
    ]),
    annotations: groups.map(({ name, classes }) => ({
      ...{ text: `<b>${metricTitles[name]}</b>`, showarrow: false },
      ...{ xref: "x", x: ((classes[0] ?? 0) + (classes.at(-1) ?? 0)) / 2 },
      ...{ yref: "y domain", y: 1, yanchor: "bottom" },
    })),
  };
}

function toPlotly({ record, analysis }: AnalysedRun): PlotlyFigure {
  const z = percentOf(analysis.confusion);
  const classes = z.map((_, c) => c);
  const { dataset } = record.configuration;
  const ticks = { ...classTicks(dataset, classes.length), showgrid: false };
  const names = classes.map((c) => className(dataset, c));
  return {
    data: [
      {
        ...{ type: "heatmap", name: "Share", x: classes, y: classes, z, zmin: 0, zmax: 100 },
        colorscale: scale,
        // Cells that are written need no scale, which takes a phone's width.
        ...(classes.length <= mostWritten
          ? { texttemplate: "%{z:.0f}", textfont: { size: 12 }, showscale: false }
          : {}),
        colorbar: {
          title: { text: "% of the true class", side: "right" },
          ...{ thickness: 12, outlinewidth: 0 },
        },
        text: z.map((row, c) => row.map((_, label) => `true ${names[c]}, predicted ${names[label]}`)),
        hovertemplate: "%{text}: %{z} %<extra></extra>",
      },
    ],
    layout: plotlyLayout({
      height: 520,
      xaxis: plotlyAxis("Predicted class", ticks),
      yaxis: plotlyAxis("True class", { ...ticks, autorange: "reversed" }),
      ...groupMarks(record),
    }),
  };
}

/** Confusion matrix: which classes the test images of each class are taken for. Not in the paper. */
export const confusionFigure: FigureBuilder = (input) => {
  const run = analysedRun(input, [
    "table-1/cifar10/100/dr-h2t",
    "table-1/cifar10/100/ce-mixup",
    "table-5/bs-is",
  ]);
  const { experiment, record, analysis } = run;
  const { dataset } = record.configuration;
  const right = sumOf(analysis.confusion.map((row, c) => row[c] ?? 0));
  const images = sumOf(analysis.confusion.map(sumOf));
  const mistakes = percentOf(analysis.confusion).flatMap((row, c) =>
    row.flatMap((share, label) => (label === c ? [] : [{ c, label, share }])),
  );
  const worst = mistakes.reduce((a, b) => (b.share > a.share ? b : a));
  const found = `${((100 * right) / images).toFixed(2)} % of ${images} test images are recognised; the most frequent mistake takes ${worst.share} % of ${classText(dataset, worst.c)} for ${classText(dataset, worst.label)}`;
  return {
    name: "confusion-matrix",
    title: `Which classes are taken for which: ${experiment.label}`,
    caption: `${found}. Row ${experiment.id}, after the last epoch; each row is one true class. ${measuredOn([record])}`,
    altText: `Heat map of true classes by predicted classes. ${found}.`,
    plotly: toPlotly(run),
  };
};
