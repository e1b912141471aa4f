import { FailureError } from "../../errors.ts";
import { figureRows } from "../../experiments/tables/figure-rows.ts";
import { formatDecimals } from "../format-decimals.ts";
import { groupSymbols, metricColours, metricTitles, theme } from "../theme.ts";
import { analysedRun } from "./analysed-run.ts";
import type { FigureBuilder } from "./figure.ts";
import { type ForcePart, forceParts } from "./force-parts.ts";
import { measuredOn } from "./measured-on.ts";
import type { Json, PlotlyFigure, PlotlyTrace } from "./plotly-figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";

const sides = ["tail", "head"] as const;
type Side = (typeof sides)[number];

const nameOf = { tail: "w<sub>t</sub>", head: "w<sub>h</sub>" } as const satisfies Record<Side, string>;
/** What weights turn a unit of a feature into. */
const unit = "logit per unit of feature";
const projection = `‖w‖ cos θ (${unit})`;

const rounded = (value: number) => Number(value.toFixed(4));

/**
 * The mean weights of a class in the plane of its own and the difference's direction: as far along and as long as measured.
 *
 * Which side of the difference they lie on is free: tail above, head below.
 */
function tipOf({ mean }: ForcePart, side: Side): readonly [number, number] {
  const [along, length] = [mean[side], mean.lengths[side]];
  const across = Math.sqrt(Math.max(0, length ** 2 - along ** 2));
  return [rounded(along), rounded(side === "tail" ? across : -across)];
}

/** Where a panel stands: left or right, first or second row. */
const axesOf = (row: number, column: 0 | 1) => {
  const i = 2 * row + column + 1;
  return i === 1 ? "" : String(i);
};

/** The geometry of a part: weights, and how far they reach along the difference. */
function geometry(part: ForcePart, row: number): { traces: PlotlyTrace[]; arrows: Json[] } {
  const [xaxis, yaxis] = [`x${axesOf(row, 0)}`, `y${axesOf(row, 0)}`];
  const reach = 1.25 * Math.max(...sides.map((side) => part.mean.lengths[side]));
  const arrow = (
    from: readonly [number, number],
    to: readonly [number, number],
    own: Record<string, Json>,
  ) => ({
    ...{ xref: xaxis, yref: yaxis, axref: xaxis, ayref: yaxis, showarrow: true, arrowhead: 2, arrowwidth: 2 },
    ...{ ax: from[0], ay: from[1], x: to[0], y: to[1], text: "", ...own },
  });
  const label = (
    [x, y]: readonly [number, number],
    text: string,
    color: string,
    own: Record<string, Json>,
  ) => ({
    ...{
      xref: xaxis,
      yref: yaxis,
      x,
      y,
      text,
      showarrow: false,
      font: { color, size: theme.fontSize },
      ...own,
    },
  });
  const traces = sides.map((side): PlotlyTrace => {
    const [along, across] = tipOf(part, side);
    return {
      type: "scatter",
      mode: "lines",
      name: `${metricTitles[side]} class, mean weights`,
      // Down to the difference, and along it.
      x: [along, along, 0],
      y: [across, 0, 0],
      ...{ xaxis, yaxis, legendgroup: side, showlegend: false },
      line: { color: metricColours[side], dash: "dot", width: 1.5 },
      hovertemplate: `${nameOf[side]}: ‖w‖ = ${part.mean.lengths[side].toFixed(3)}, ‖w‖ cos θ = ${formatDecimals(part.mean[side], 3)}<extra></extra>`,
    };
  });
  const arrows = [
    arrow([-reach, 0], [reach, 0], { arrowcolor: theme.muted, arrowwidth: 1.2 }),
    label([reach, 0], "f<sub>t</sub> − f<sub>h</sub>", theme.muted, { xanchor: "right", yanchor: "bottom" }),
    ...sides.flatMap((side) => {
      const tip = tipOf(part, side);
      const up = side === "tail" ? 1 : -1;
      // What the inequality asks of these weights: to reach further along the difference, or less far.
      const push = side === part.above ? 1 : -1;
      const beyond = [tip[0] + 0.4 * push * reach, tip[1]] as const;
      const color = metricColours[side];
      return [
        arrow([0, 0], tip, { arrowcolor: color, arrowwidth: 2.5 }),
        label(tip, `<b>${nameOf[side]}</b>`, color, { yanchor: up > 0 ? "bottom" : "top" }),
        arrow(tip, beyond, { arrowcolor: theme.text, arrowhead: 4, arrowwidth: 1.5 }),
      ];
    }),
  ];
  return { traces, arrows };
}

/** What was measured of each pair of classes. */
function measurement(part: ForcePart, row: number): PlotlyTrace[] {
  return sides.map((side) => ({
    type: "scatter" as const,
    mode: "markers",
    name: `${metricTitles[side]} class's ${nameOf[side]}`,
    x: part.pairs.map(({ label }) => label),
    y: part.pairs.map((pair) => rounded(pair[side])),
    ...{ xaxis: `x${axesOf(row, 1)}`, yaxis: `y${axesOf(row, 1)}` },
    ...{ legendgroup: side, showlegend: row === 0 },
    marker: { color: metricColours[side], symbol: groupSymbols[side], size: 10 },
    customdata: part.pairs.map(({ share }) => rounded(100 * share)),
    hovertemplate: `pair %{x}, ${nameOf[side]}: ‖w‖ cos θ = %{y:.3f}; the inequality holds in %{customdata:.0f} % of draws<extra></extra>`,
  }));
}

function toPlotly(parts: readonly ForcePart[]): PlotlyFigure {
  const height = 1 / parts.length;
  const geometries = parts.map(geometry);
  const axes = parts.flatMap(({ mean }, row): [string, Json][] => {
    const top = 1 - row * height;
    const domain = [top - height + (row < parts.length - 1 ? 0.08 : 0), top - 0.05];
    const [left, right] = [axesOf(row, 0), axesOf(row, 1)];
    const reach = 1.35 * Math.max(...sides.map((side) => mean.lengths[side]));
    const zero = { zeroline: true, zerolinecolor: theme.muted };
    return [
      [
        `xaxis${left}`,
        plotlyAxis(`Along f<sub>t</sub> − f<sub>h</sub>: ${projection}`, {
          ...{ domain: [0, 0.42], anchor: `y${left}`, range: [-reach, reach], showgrid: false },
        }),
      ],
      [
        `yaxis${left}`,
        plotlyAxis(`Across (${unit})`, {
          ...{ domain, anchor: `x${left}`, range: [-reach, reach], showgrid: false, scaleanchor: `x${left}` },
        }),
      ],
      [
        `xaxis${right}`,
        plotlyAxis("Tail class – head class", { domain: [0.54, 1], anchor: `y${right}`, type: "category" }),
      ],
      [`yaxis${right}`, plotlyAxis(projection, { domain, anchor: `x${right}`, ...zero })],
    ];
  });
  const titles = parts.map(({ title, above }, row) => ({
    ...{ showarrow: false, xref: "paper", x: 0.54, xanchor: "left", yanchor: "bottom" },
    ...{ yref: `y${axesOf(row, 1)} domain`, y: 1.01 },
    text: `<b>${title}</b>: ${nameOf[above]} is to win`,
  }));
  return {
    data: [...geometries.flatMap(({ traces }) => traces), ...parts.flatMap(measurement)],
    layout: plotlyLayout({
      height: 110 + 320 * parts.length,
      legend: { orientation: "h", x: 0.54, y: 1.02, yanchor: "bottom" },
      ...Object.fromEntries(axes),
      annotations: [...geometries.flatMap(({ arrows }) => arrows), ...titles],
    }),
  };
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/**
 * Figure 3: the two forces of head-to-tail fusion as geometry, and measured on a trained classifier.
 *
 * @source paper Figure 3, section 3.4, Eqs. 8 and 10
 */
export const twoForces: FigureBuilder = (input) => {
  const { experiment, record, analysis } = analysedRun(input, figureRows["figure-3"]);
  const { forces } = analysis;
  if (forces === null || forces.pairs.length === 0) {
    throw new FailureError({
      rule: "the two forces are measured on stage II with a linear classifier",
      got: experiment.id,
      remedy: `use "${figureRows["figure-3"][0]}", for example`,
    });
  }
  const parts = forceParts(forces);
  const found = parts
    .map(
      ({ title, above, mean }) =>
        `${title}: ‖w‖ cos θ is ${formatDecimals(mean.tail, 2)} for tail and ${formatDecimals(mean.head, 2)} for head classes, and the ${above} class's is the larger one in ${percent(mean.share)} of the draws`,
    )
    .join("; ");
  return {
    name: "figure-3",
    title: "The two forces of head-to-tail fusion on the classifier's weights",
    caption: [
      "Left, weights of a tail and a head class in the plane of the difference of their features, drawn from the means of all pairs; dotted, how far they reach along it; black arrows, where the inequality moves them.",
      `Right, the same projections for each pair of classes, means over ${forces.draws} draws of an image of either class and of a mask at p = ${forces.ratio}.`,
      "Eq. 8 follows for tail images that are taken for the head class (Eq. 5), which not all of the drawn ones are.",
      `${found}. ${experiment.id}, after the last epoch. ${measuredOn([record])}`,
    ].join(" "),
    altText: `Vector diagrams and dot plots of how far classifier weights reach along the difference of tail and head features. ${found}.`,
    plotly: toPlotly(parts),
  };
};
