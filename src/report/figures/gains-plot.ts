import { formatGain } from "../percent.ts";
import { spreadText } from "../tables/spread.ts";
import type { Gain, Keeper } from "../tables/table-model.ts";
import { metricColours, theme } from "../theme.ts";
import type { Figure } from "./figure.ts";
import type { PlotlyTrace } from "./plotly-figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";
import { wrapText } from "./wrap-text.ts";

/** One comparison of the plot: a row with fusion over its base. */
export interface PlottedGain {
  /** Unique in the plot: `DR+H2T over DR+MU, CIFAR-10-LT, ratio 100`. */
  readonly label: string;
  readonly keeper: Keeper;
  readonly gain: Gain;
  /** One per stage-I seed, or per stage-II seed where all share one stage I. */
  readonly points: readonly number[];
  /** The difference of the paper's accuracies; `null` where the two cannot be compared. */
  readonly published: number | null;
}

const ours = metricColours.head;
const rounded = (value: number) => Number(value.toFixed(2));
/** In pixels. */
const heights = { row: 46, around: 112 } as const;
/** What a label holds side by side. */
const labelWidth = 26;

const labelOf = ({ label, keeper }: PlottedGain, isMixed: boolean) =>
  wrapText(isMixed ? `${label} (${keeper})` : label, labelWidth).join("<br>");

function pointTrace(gains: readonly PlottedGain[], names: readonly string[]): PlotlyTrace {
  const marks = gains.flatMap(({ points }, i) => points.map((point) => ({ point, name: names[i] ?? "" })));
  return {
    type: "scatter",
    mode: "markers",
    name: "one seed",
    x: marks.map(({ point }) => rounded(point)),
    y: marks.map(({ name }) => name),
    marker: { color: ours, size: 8, opacity: 0.6 },
    hovertemplate: "%{y}<br>one seed: %{x:.2f} points<extra></extra>",
  };
}

function meanTrace(gains: readonly PlottedGain[], names: readonly string[]): PlotlyTrace {
  const halves = gains.map(({ gain: { interval } }) =>
    interval === null ? null : rounded((interval[1] - interval[0]) / 2),
  );
  const hasBars = halves.some((half) => half !== null);
  return {
    type: "scatter",
    mode: "markers",
    name: "mean",
    x: gains.map(({ gain }) => rounded(gain.points)),
    y: names,
    marker: { color: ours, symbol: "line-ns-open", size: 22, line: { width: 3, color: ours } },
    hovertemplate: "%{y}<br>mean: %{x:.2f} points<extra></extra>",
    ...(hasBars ? { error_x: { type: "data", array: halves, thickness: 2, width: 6, color: ours } } : {}),
  };
}

function paperTrace(gains: readonly PlottedGain[], names: readonly string[]): PlotlyTrace[] {
  const found = gains.flatMap(({ published }, i) =>
    published === null ? [] : [{ published, name: names[i] ?? "" }],
  );
  if (found.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: "the paper's",
      x: found.map(({ published }) => rounded(published)),
      y: found.map(({ name }) => name),
      marker: { symbol: "diamond-open", size: 11, color: theme.text, line: { width: 1.8 } },
      hovertemplate: "%{y}<br>the paper's: %{x:.2f} points<extra></extra>",
    },
  ];
}

/** What a mark stands for, which depends on how many stages I there are. */
function captionOf(gains: readonly PlottedGain[]): string {
  const single = gains.some(({ gain }) => gain.stageOnes.length === 1);
  const several = gains.some(({ gain }) => gain.stageOnes.length > 1);
  const bars = gains.some(({ gain }) => gain.interval !== null);
  return [
    "Accuracy over all classes, in percentage points over the row's base.",
    ...(several ? ["Dots: one per stage-I seed."] : []),
    ...(single ? ["Dots where there is one stage I: one per stage-II seed; no interval."] : []),
    ...(bars ? ["Bars: 95 % interval over stage-I seeds."] : []),
    ...(gains.some(({ published }) => published !== null)
      ? ["Diamonds: the difference of the paper's accuracies."]
      : []),
  ].join(" ");
}

/**
 * What head-to-tail fusion adds, a line per comparison: one mark per seed, error bars from three stages I on.
 *
 * @param gains - at least one, the first at the top.
 * @param title - what they were measured on.
 */
export function gainsPlot(gains: readonly PlottedGain[], title: string): Figure {
  const isMixed = new Set(gains.map(({ keeper }) => keeper)).size > 1;
  const names = gains.map((gain) => labelOf(gain, isMixed));
  const items = gains.map(({ label, gain }) => `${label} ${formatGain(gain.points)} (${spreadText(gain)})`);
  return {
    name: "gains",
    title,
    caption: captionOf(gains),
    altText: `Dot plot of gains in percentage points. ${items.join("; ")}.`,
    plotly: {
      data: [pointTrace(gains, names), meanTrace(gains, names), ...paperTrace(gains, names)],
      layout: plotlyLayout({
        height: heights.around + heights.row * gains.length,
        margin: { l: 10, r: 14, t: 44, b: 52 },
        xaxis: plotlyAxis("Gain (percentage points)", {
          rangemode: "tozero",
          zeroline: true,
          zerolinecolor: theme.muted,
        }),
        yaxis: {
          type: "category",
          autorange: "reversed",
          automargin: true,
          gridcolor: theme.grid,
          ticks: "",
        },
      }),
    },
  };
}
