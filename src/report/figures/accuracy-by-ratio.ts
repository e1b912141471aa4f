import { FailureError, UsageError } from "../../errors.ts";
import { experiments, findExperiment } from "../../experiments/rows/experiments.ts";
import { figure5 } from "../../experiments/tables/figure-5.ts";
import { type Metric, metrics, type PaperTable } from "../../experiments/tables/table.ts";
import { tableOfRows } from "../../experiments/tables/table-of-rows.ts";
import { renderTable } from "../tables/render-table.ts";
import { shownMeasured } from "../tables/shown-measured.ts";
import { stageOnesText } from "../tables/spread.ts";
import type { Measured, TableModel } from "../tables/table-model.ts";
import { metricColours, metricTitles } from "../theme.ts";
import type { FigureBuilder, FigureInput } from "./figure.ts";
import { measuredOn } from "./measured-on.ts";
import type { PlotlyFigure, PlotlyTrace } from "./plotly-figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";
import { halfWidth, pointMarks, spreadSentences } from "./point-marks.ts";

/** Accuracy at one fusion ratio, by metric. */
interface Point {
  /** p, the replaced fraction, in [0, 1]. */
  readonly ratio: number;
  readonly ours: Readonly<Record<Metric, Measured | null>>;
  /** In percent; `null` where the paper has none or ours are on a stand-in. */
  readonly published: Readonly<Record<Metric, number | null>>;
}

/** p of a row, from its stage; undefined where it fuses nothing. */
function ratioOf(rowId: string): number | undefined {
  const { stage } = findExperiment(rowId);
  if (stage.kind !== "classifier" || stage.fusion.kind !== "headToTail") return;
  return stage.fusion.ratio;
}

/** DR+H2T on CIFAR-10 as the code has it, where Figure 5's own rows have no records. */
const onCifar10 = "protocol/cifar10/100/shift-bn/fine-tuned/bs-is";

/** Rows with fusion that begin with `row` and differ in p alone. */
function tableOf(row: string): PaperTable {
  if (row === figure5.name) return figure5;
  const ids = experiments().flatMap(({ id }) =>
    id.startsWith(`${row}/`) && ratioOf(id) !== undefined ? [id] : [],
  );
  const ratios = new Set(ids.map(ratioOf));
  if (ids.length > 1 && ratios.size === ids.length) return tableOfRows(row, row, ids);
  throw new UsageError({
    rule: "accuracy against the fusion ratio needs the beginning of rows that differ in p alone",
    got: `"${row}"`,
    remedy: `use "${figure5.name}" or "${onCifar10}"`,
  });
}

function pointsOf(model: TableModel): Point[] {
  const { columns, rows, options } = model;
  const shown = shownMeasured(model);
  const points = rows.map(({ cells }): Point => {
    const cellOf = (metric: Metric) => cells[columns.findIndex((column) => column.metric === metric)];
    const byMetric = <T>(of: (metric: Metric) => T) =>
      Object.fromEntries(metrics.map((metric) => [metric, of(metric)])) as Record<Metric, T>;
    return {
      ratio: ratioOf(cells[0]?.rowId ?? "") ?? 0,
      ours: byMetric((metric) => {
        const cell = cellOf(metric);
        return cell === undefined ? null : shown(cell);
      }),
      published: byMetric((metric) =>
        options.standIn === null ? (cellOf(metric)?.published ?? null) : null,
      ),
    };
  });
  return points.sort((a, b) => a.ratio - b.ratio);
}

const isMeasured = ({ ours }: Point) => ours.all !== null;

const rounded = (value: number | null | undefined) =>
  value === null || value === undefined ? null : Number(value.toFixed(2));

/** The individual points behind each mean. */
const marksOf = (measured: readonly Point[]): PlotlyTrace[] =>
  metrics.flatMap((metric) => {
    const marks = measured.flatMap(({ ratio, ours }) => {
      const own = ours[metric];
      return own === null ? [] : pointMarks(own).map((percent) => ({ ratio, percent }));
    });
    if (marks.length === 0) return [];
    return {
      type: "scatter" as const,
      mode: "markers",
      name: `${metricTitles[metric]}, one seed`,
      x: marks.map(({ ratio }) => ratio),
      y: marks.map(({ percent }) => rounded(percent)),
      legendgroup: metric,
      showlegend: false,
      marker: { color: metricColours[metric], size: 4, opacity: 0.55 },
      hovertemplate: `p = %{x}<br>${metricTitles[metric]}, one seed: %{y:.2f} %<extra></extra>`,
    };
  });

function toPlotly(points: readonly Point[]): PlotlyFigure {
  const measured = points.filter(isMeasured);
  const comparable = points.filter(({ published }) => published.all !== null);
  const ours = metrics.map((metric) => {
    const halves = measured.map((point) => rounded(halfWidth(point.ours[metric])));
    return {
      type: "scatter" as const,
      mode: "lines+markers",
      name: metricTitles[metric],
      x: measured.map(({ ratio }) => ratio),
      y: measured.map((point) => rounded(point.ours[metric]?.percent)),
      legendgroup: metric,
      marker: { color: metricColours[metric], size: 7 },
      line: { color: metricColours[metric], width: 2, dash: metric === "all" ? "dash" : "solid" },
      hovertemplate: `p = %{x}<br>${metricTitles[metric]}, ours: %{y:.2f} %<extra></extra>`,
      ...(halves.some((half) => half !== null)
        ? { error_y: { type: "data", array: halves, thickness: 1.2, width: 3 } }
        : {}),
    };
  });
  const published = metrics.map((metric) => ({
    type: "scatter" as const,
    mode: "markers",
    name: metric === "all" ? "the paper's" : `${metricTitles[metric]}, paper`,
    x: comparable.map(({ ratio }) => ratio),
    y: comparable.map((point) => point.published[metric]),
    legendgroup: metric,
    marker: {
      symbol: "diamond-open",
      size: 9,
      color: metricColours[metric],
      line: { width: 1.5 },
    },
    showlegend: metric === "all",
    hovertemplate: `p = %{x}<br>${metricTitles[metric]}, paper: %{y:.2f} %<extra></extra>`,
  }));
  return {
    data: [
      ...(measured.length > 0 ? ours : []),
      ...marksOf(measured),
      ...(comparable.length > 0 ? published : []),
    ],
    layout: plotlyLayout({
      height: 420,
      xaxis: plotlyAxis("Fusion ratio p (share of channels replaced)", {
        range: [-0.04, 1.04],
        dtick: 0.2,
      }),
      yaxis: plotlyAxis("Top-1 accuracy (%)", { rangemode: "tozero" }),
    }),
  };
}

/** Where each metric is highest, and what it is at the smallest p. */
function trendOf(points: readonly Point[]): string {
  const measured = points.filter(isMeasured);
  const phrases = metrics.flatMap((metric) => {
    const known = measured.flatMap(({ ratio, ours }) => {
      const percent = ours[metric]?.percent;
      return typeof percent === "number" ? [{ ratio, percent }] : [];
    });
    const [first] = known;
    if (first === undefined) return [];
    const best = known.reduce((a, b) => (b.percent > a.percent ? b : a));
    const start = `${metricTitles[metric]} ${first.percent.toFixed(2)} % at p = ${first.ratio}`;
    if (known.length === 1) return [start];
    return [`${start}, at most ${best.percent.toFixed(2)} % at p = ${best.ratio}`];
  });
  return phrases.join("; ");
}

/** How many stages I the points are from, so that nobody takes stage-II seeds for repetitions. */
function stageOnesSentence(shown: readonly Measured[]): string {
  const counts = [...new Set(shown.map(({ stageOnes }) => stageOnes.length))].sort((a, b) => a - b);
  return `Ours from ${counts.map(stageOnesText).join(" or ")} per point.`;
}

/** The records of a table's numbers as drawn. */
function recordsBehind(points: readonly Point[], { records }: FigureInput) {
  const runIds = new Set(points.flatMap(({ ours }) => ours.all?.runs.map(({ runId }) => runId) ?? []));
  const found = records.map(({ record }) => record).filter(({ runId }) => runIds.has(runId));
  return [...new Map(found.map((record) => [record.runId, record])).values()];
}

/**
 * Figure 5: accuracy by group against the fusion ratio p; the paper's points hollow next to ours on CIFAR-100-LT.
 *
 * `row` may be the beginning of other rows that differ in p alone; where Figure 5's own have no records, those on CIFAR-10 are drawn.
 *
 * @source paper Figure 5; values from the AAAI slides, page 10
 */
export const accuracyByRatio: FigureBuilder = (input) => {
  const { profile, standIn, row, seeds } = input;
  const records = input.records.filter(({ record }) => seeds?.includes(record.seed) ?? true);
  const models = (row === undefined ? [figure5.name, onCifar10] : [row]).map((one) =>
    renderTable(tableOf(one), records, { profile, ...(standIn && { standIn }) }),
  );
  const model = (models.find((one) => pointsOf(one).some(isMeasured)) ?? models[0]) as TableModel;
  const points = pointsOf(model);
  const runs = recordsBehind(points, input);
  const ids = model.rows.flatMap(({ cells }) => cells[0]?.rowId ?? []);
  if (runs.length === 0) {
    throw new FailureError({
      rule: "accuracy against the fusion ratio needs records of its rows",
      got: `none of ${ids[0]} … ${ids.at(-1)} under profile ${profile}`,
      remedy: `make them: ${model.command}`,
    });
  }
  const measured = points.filter(isMeasured).length;
  const comparable = points.some(({ published }) => published.all !== null);
  const shown = points.flatMap(({ ours }) => ours.all ?? []);
  const sentences = [
    "At the epoch with the best test accuracy, as in the paper; groups by the index ranges of its tables.",
    ...spreadSentences(shown),
    stageOnesSentence(shown),
    comparable && "Hollow diamonds: the paper's.",
    !comparable &&
      model.options.standIn === null &&
      "The paper draws CIFAR-100-LT, so none of its points is shown here.",
    `Rows ${ids[0]} … ${ids.at(-1)}.`,
    measured < points.length && `${measured} of ${points.length} ratios have records.`,
    measuredOn(runs),
  ];
  return {
    name: "figure-5",
    title: "Accuracy by group against the fusion ratio p",
    caption: sentences.filter((sentence) => sentence !== false).join(" "),
    altText: `Line chart of top-1 accuracy over p from 0 to 1. Ours: ${trendOf(points)}.`,
    plotly: toPlotly(points),
  };
};
