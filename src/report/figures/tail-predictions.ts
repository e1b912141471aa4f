import { figureRows } from "../../experiments/tables/figure-rows.ts";
import { groupsOf } from "../../runs/groups-of.ts";
import { classText, classTicks } from "../class-names.ts";
import { metricColours, metricTitles, theme } from "../theme.ts";
import { type AnalysedRun, analysedRun } from "./analysed-run.ts";
import type { FigureBuilder } from "./figure.ts";
import { measuredOn } from "./measured-on.ts";
import type { PlotlyFigure } from "./plotly-figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";

/** So many tail classes are drawn a panel each; more of them together. */
const mostPanels = 4;
/** In pixels. */
const panelHeight = 170;
const margin = { l: 60, r: 14, t: 66, b: 52 };

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`;

/** "7, 8 and 9"; "71 to 99" where many follow each other. */
function listed(classes: readonly number[]): string {
  const [first = 0, last = 0] = [classes[0], classes.at(-1)];
  if (classes.length > mostPanels && last - first === classes.length - 1) return `${first} to ${last}`;
  return [classes.slice(0, -1).join(", "), last].filter((part) => part !== "").join(" and ");
}

/** The tail's part of a confusion matrix: for each panel, how many images received each label. */
function panelsOf({ record, analysis }: AnalysedRun) {
  const { dataset } = record.configuration;
  const tail = groupsOf(record).find(({ name }) => name === "tail")?.classes ?? [];
  const rowOf = (c: number) => analysis.confusion[c] ?? [];
  const together = analysis.confusion.map((_, label) => sumOf(tail.map((c) => rowOf(c)[label] ?? 0)));
  const panels =
    tail.length <= mostPanels
      ? tail.map((c) => ({ title: `true ${classText(dataset, c)}`, own: [c], counts: rowOf(c) }))
      : [{ title: `true classes ${listed(tail)}`, own: tail, counts: together }];
  return { tail, together, panels };
}

function toPlotly(run: AnalysedRun): PlotlyFigure {
  const { panels } = panelsOf(run);
  const groups = groupsOf(run.record).filter(({ classes }) => classes.length > 0);
  const suffix = (i: number) => (i === 0 ? "" : String(i + 1));
  const labels = panels[0]?.counts.map((_, label) => label) ?? [];
  const most = Math.max(...panels.flatMap(({ counts }) => counts));
  const last = panels.length - 1;
  const plotHeight = Math.max(1.6, panels.length) * panelHeight;
  return {
    data: panels.flatMap(({ title, own, counts }, i) =>
      groups.map(({ name, classes }) => ({
        type: "bar" as const,
        name: `${metricTitles[name]} label`,
        x: classes,
        y: classes.map((c) => counts[c] ?? 0),
        xaxis: "x",
        yaxis: `y${suffix(i)}`,
        legendgroup: name,
        showlegend: i === 0,
        marker: {
          color: metricColours[name],
          // The right answers stand out.
          line: {
            color: theme.text,
            width: classes.map((c) => (own.length === 1 && own.includes(c) ? 2 : 0)),
          },
        },
        hovertemplate: `${title}, label %{x}: %{y} images<extra></extra>`,
      })),
    ),
    layout: plotlyLayout({
      barmode: "stack",
      bargap: 0.2,
      height: margin.t + margin.b + plotHeight,
      margin,
      // Above the first panel's title.
      legend: { orientation: "h", x: 0, y: 1 + 22 / plotHeight, yanchor: "bottom" },
      grid: {
        rows: panels.length,
        columns: 1,
        subplots: panels.map((_, i) => [`xy${suffix(i)}`]),
        ygap: 0.24,
      },
      xaxis: plotlyAxis("Predicted label (class)", {
        ...classTicks(run.record.configuration.dataset, labels.length),
        range: [-0.6, labels.length - 0.4],
        anchor: `y${suffix(last)}`,
      }),
      ...Object.fromEntries(
        panels.map((_, i) => [
          `yaxis${suffix(i)}`,
          plotlyAxis("Test images", { range: [0, most * 1.05], nticks: 5 }),
        ]),
      ),
      annotations: panels.map(({ title }, i) => ({
        ...{ text: `<b>${title}</b>`, showarrow: false, xref: "paper", x: 0, xanchor: "left" },
        ...{ yref: `y${suffix(i)} domain`, y: 1, yanchor: "bottom" },
      })),
    }),
  };
}

/**
 * Figure 1b: which labels the test images of the tail classes receive, after plain training.
 *
 * @source paper Figure 1b and its footnote; code: H2T eval-modifed.py, which counts class 7 alone
 */
export const tailPredictions: FigureBuilder = (input) => {
  const run = analysedRun(input, figureRows["figure-1b"]);
  const { experiment, record } = run;
  const { tail, together } = panelsOf(run);
  const images = sumOf(together);
  const shares = groupsOf(record).flatMap(({ name, classes }) =>
    classes.length === 0
      ? []
      : [`${percent(sumOf(classes.map((c) => together[c] ?? 0)), images)} a ${name} label`],
  );
  const right = sumOf(tail.map((c) => run.analysis.confusion[c]?.[c] ?? 0));
  const found = `What the ${images} test images of tail classes ${listed(tail)} received: ${shares.join(", ")}; ${percent(right, images)} the right label`;
  return {
    name: "figure-1b",
    title: `Labels that ${experiment.label} gives to test images of tail classes`,
    caption: `${found}${tail.length <= mostPanels ? ", which is outlined" : ""}. Row ${experiment.id}, after the last epoch. ${measuredOn([record])}`,
    altText: `Bar chart of predicted labels by true class. ${found}.`,
    plotly: toPlotly(run),
  };
};
