import type { StandInName } from "../../experiments/experiment.ts";
import { type Metric, metrics } from "../../experiments/tables/table.ts";
import { shownMeasured } from "../tables/shown-measured.ts";
import type { TableModel } from "../tables/table-model.ts";
import { metricColours, metricTitles, theme } from "../theme.ts";
import type { PlotlyFigure } from "./plotly-figure.ts";
import { halfWidth, pointMarks } from "./point-marks.ts";

/** One bar: ours, and the paper's number where the two can be compared or nothing of ours is there. */
export interface GroupBar {
  readonly metric: Metric;
  /** In percent. */
  readonly ours: number | null;
  /** Half of the 95 % interval's width; `null` with fewer than three stages I. */
  readonly halfWidth: number | null;
  /** Individual points behind the mean: one per stage-I seed, or per stage-II seed of one stage I. */
  readonly points: readonly number[];
  readonly published: number | null;
}

/** Accuracy of each row's head, medium and tail classes and of all, as plain data for each way of drawing it. */
export interface GroupBars {
  readonly caption: string;
  readonly standIn: StandInName | null;
  readonly rows: readonly { readonly label: string; readonly bars: readonly GroupBar[] }[];
}

/**
 * The bars of a table by group: the reader's own numbers where there are any, else the shipped ones.
 *
 * @param model - a table with one column a metric, such as Table 5's.
 * @returns the rows with at least one number, in the table's order; on a stand-in without the paper's numbers.
 */
export function accuracyByGroup(model: TableModel): GroupBars {
  const { caption, columns, rows, options } = model;
  const shown = shownMeasured(model);
  const bars = rows.map(({ name, cells }) => ({
    label: name,
    bars: metrics.map((metric) => {
      const cell = cells[columns.findIndex((column) => column.metric === metric)];
      const ours = cell === undefined ? null : shown(cell);
      return {
        metric,
        ours: ours?.percent ?? null,
        halfWidth: halfWidth(ours),
        points: ours === null ? [] : pointMarks(ours),
        published: options.standIn === null ? (cell?.published ?? null) : null,
      };
    }),
  }));
  return {
    caption,
    standIn: options.standIn,
    rows: bars.filter((row) => row.bars.some(({ ours, published }) => ours !== null || published !== null)),
  };
}

/** A number for a plot: two decimals are what the tables show too. */
const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(2)));

/**
 * The bars as a Plotly figure: ours filled, with a mark per seed, and the interval from three stages I on; the paper's as hollow diamonds.
 *
 * @param figure - as `accuracyByGroup` makes it.
 */
export function toPlotly({ rows, standIn }: GroupBars): PlotlyFigure {
  const x = rows.map(({ label }) => label);
  const ofMetric = (metric: Metric) => rows.map(({ bars }) => bars.find((bar) => bar.metric === metric));
  const ours = metrics.map((metric) => {
    const bars = ofMetric(metric);
    const halves = bars.map((bar) => rounded(bar?.halfWidth ?? null));
    return {
      type: "bar" as const,
      name: metricTitles[metric],
      x,
      y: bars.map((bar) => rounded(bar?.ours ?? null)),
      offsetgroup: metric,
      marker: { color: metricColours[metric] },
      hovertemplate: `%{x}<br>${metricTitles[metric]}, ours: %{y:.2f} %<extra></extra>`,
      ...(halves.some((half) => half !== null)
        ? { error_y: { type: "data", array: halves, thickness: 1.2, width: 3, color: theme.text } }
        : {}),
    };
  });
  const points = metrics.flatMap((metric) => {
    const found = rows.flatMap(({ label, bars }) =>
      bars.flatMap((bar) =>
        bar.metric === metric ? bar.points.map((point) => ({ label, point: rounded(point) })) : [],
      ),
    );
    if (found.length === 0) return [];
    return {
      type: "scatter" as const,
      name: `${metricTitles[metric]}, one seed`,
      x: found.map(({ label }) => label),
      y: found.map(({ point }) => point),
      mode: "markers",
      offsetgroup: metric,
      marker: { size: 4, color: theme.text, opacity: 0.7 },
      showlegend: false,
      hovertemplate: `%{x}<br>${metricTitles[metric]}, one seed: %{y:.2f} %<extra></extra>`,
    };
  });
  const published = metrics.map((metric) => ({
    type: "scatter" as const,
    name: `${metricTitles[metric]}, paper`,
    x,
    y: ofMetric(metric).map((bar) => bar?.published ?? null),
    mode: "markers",
    offsetgroup: metric,
    legend: "legend2",
    marker: {
      symbol: "diamond-open",
      size: 9,
      color: theme.text,
      line: { width: 1.5 },
    },
    showlegend: metric === "all",
    ...(metric === "all" ? { name: "the paper's" } : {}),
    hovertemplate: `%{x}<br>${metricTitles[metric]}, paper: %{y:.2f} %<extra></extra>`,
  }));
  const comparable = published.some(({ y }) => y.some((value) => value !== null));
  const legend = { orientation: "h", x: 0, yanchor: "bottom" } as const;
  return {
    data: [...ours, ...points, ...(comparable ? published : [])],
    layout: {
      height: 420,
      barmode: "group",
      scattermode: "group",
      font: { family: theme.font, size: theme.fontSize, color: theme.text },
      paper_bgcolor: theme.background,
      plot_bgcolor: theme.background,
      margin: { l: 56, r: 12, t: 64, b: 56 },
      legend: { ...legend, y: 1.02, itemclick: "toggle" },
      legend2: { ...legend, y: 1.1, itemclick: false },
      xaxis: {
        type: "category",
        automargin: true,
        title: { text: standIn ? `Method, on ${standIn}` : "Method", font: { size: theme.fontSize } },
      },
      yaxis: {
        title: { text: "Top-1 accuracy (%)", font: { size: theme.fontSize } },
        range: [0, 100],
        gridcolor: theme.grid,
        zerolinecolor: theme.muted,
      },
    },
  };
}
