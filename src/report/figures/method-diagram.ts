import { findExperiment } from "../../experiments/rows/experiments.ts";
import { standInId } from "../../experiments/rows/stand-in.ts";
import { datasetTitles, profileTexts } from "../setting-titles.ts";
import { metricColours, theme } from "../theme.ts";
import type { FigureBuilder } from "./figure.ts";
import { type Lane, type MethodPart, type MethodStage, methodParts } from "./method-parts.ts";
import type { Json, PlotlyFigure } from "./plotly-figure.ts";
import { plotlyLayout } from "./plotly-layout.ts";
import { wrapText } from "./wrap-text.ts";

/** From left to right, in shares of the width; what a phone's width holds of text in them. */
const lanes: Readonly<
  Record<Lane, { readonly from: number; readonly to: number; readonly characters: number }>
> = {
  classified: { from: 0, to: 0.48, characters: 24 },
  lending: { from: 0.52, to: 1, characters: 24 },
  both: { from: 0, to: 1, characters: 52 },
};
/** In pixels. */
const heights = { heading: 44, box: 46, cells: 16, gap: 22 } as const;
/** Channels that a strip shows. */
const channels = 20;

/** Channels are grey, and those of the lending batch, which the head dominates where it is drawn image by image, as blue as the head. */
const colours = { own: "#c9cdd2", lent: metricColours.head } as const;

interface Box extends MethodPart {
  readonly top: number;
  readonly bottom: number;
}

type Shape = { readonly [attribute: string]: Json };

/** ⌊p·d⌋ of d channels, spread evenly. */
const isLent = (ratio: number, channel: number) =>
  Math.floor((channel + 1) * ratio + 1e-9) > Math.floor(channel * ratio + 1e-9);

function cellsOf({ lane, lent, bottom }: Box): Shape[] {
  if (lent === undefined) return [];
  const { from, to } = lanes[lane];
  const step = (to - from - 0.04) / channels;
  return Array.from({ length: channels }, (_, channel) => ({
    ...{ type: "rect", x0: from + 0.02 + channel * step, x1: from + 0.02 + (channel + 0.8) * step },
    ...{ y0: bottom - 6, y1: bottom - 6 - heights.cells, line: { width: 0 } },
    fillcolor: isLent(lent, channel) ? colours.lent : colours.own,
  }));
}

const boxShape = ({ lane, top, bottom }: Box): Shape => ({
  ...{ type: "rect", x0: lanes[lane].from, x1: lanes[lane].to, y0: top, y1: bottom, layer: "below" },
  ...{ line: { color: theme.muted, width: 1 }, fillcolor: lane === "lending" ? "#e8f2f9" : "#f6f7f8" },
});

const centreOf = ({ lane }: Box) => (lanes[lane].from + lanes[lane].to) / 2;

function boxText(box: Box): Shape {
  const bottom = box.bottom - (box.lent === undefined ? 0 : heights.cells + 4);
  return {
    ...{ text: wrapText(box.text, lanes[box.lane].characters).join("<br>"), showarrow: false },
    ...{ x: centreOf(box), y: (box.top + bottom) / 2, font: { size: theme.fontSize - 1 } },
  };
}

/** From each box to those below it, along the middle of the narrower one. */
function arrows(above: readonly Box[], below: readonly Box[]): Shape[] {
  return above.flatMap((from) =>
    below.flatMap((to) => {
      if (from.lane !== to.lane && from.lane !== "both" && to.lane !== "both") return [];
      const x = centreOf(from.lane === "both" ? to : from);
      return [
        {
          ...{ x, y: to.top, ax: x, ay: from.bottom, xref: "x", yref: "y", axref: "x", ayref: "y", text: "" },
          ...{ showarrow: true, arrowhead: 2, arrowsize: 1, arrowwidth: 1.4, arrowcolor: theme.muted },
        },
      ];
    }),
  );
}

function toPlotly(stages: readonly MethodStage[]): PlotlyFigure {
  let y = 0;
  const headings: Shape[] = [];
  const rows: Box[][] = [];
  const links: Shape[] = [];
  for (const { heading, steps } of stages) {
    headings.push({
      ...{ text: `<b>${heading}</b>`, showarrow: false, x: 0, xanchor: "left", y: y + heights.heading / 2 },
    });
    y += heights.heading;
    steps.forEach((parts, i) => {
      const height = heights.box + (parts.some(({ lent }) => lent !== undefined) ? heights.cells + 4 : 0);
      const boxes = parts.map((part) => ({ ...part, top: y, bottom: y + height }));
      if (i > 0) links.push(...arrows(rows.at(-1) ?? [], boxes));
      rows.push(boxes);
      y += height + heights.gap;
    });
  }
  const boxes = rows.flat();
  const hidden = { visible: false, fixedrange: true } as const;
  return {
    // Invisible points show the values behind the boxes.
    data: [
      {
        ...{
          type: "scatter",
          name: "parts",
          mode: "markers",
          marker: { size: 30, opacity: 0 },
          cliponaxis: false,
        },
        x: boxes.map(centreOf),
        y: boxes.map(({ top, bottom }) => (top + bottom) / 2),
        text: boxes.map(({ values }) =>
          wrapText(JSON.stringify(values).replaceAll(",", ", "), 60).join("<br>"),
        ),
        hovertemplate: "%{text}<extra></extra>",
      },
    ],
    layout: plotlyLayout({
      height: y + 16,
      margin: { l: 10, r: 10, t: 8, b: 8 },
      showlegend: false,
      xaxis: { ...hidden, range: [0, 1] },
      yaxis: { ...hidden, range: [y, 0] },
      shapes: boxes.flatMap((box) => [boxShape(box), ...cellsOf(box)]),
      annotations: [...headings, ...boxes.map(boxText), ...links],
    }),
  };
}

/**
 * Figure 2: a method as a diagram, drawn from its row's own stages.
 *
 * @source paper Figure 2, which is a schematic; here every box is a value that training reads
 */
export const methodDiagram: FigureBuilder = ({ row = "table-1/cifar10/100/dr-h2t", standIn, profile }) => {
  const experiment = findExperiment(standIn === undefined ? row : standInId(row, standIn));
  const stages = methodParts(experiment, profile);
  const { id, label, dataset, imbalanceRatio } = experiment;
  const described = stages.map(
    ({ heading, steps }) =>
      `${heading}: ${steps.map((parts) => parts.map(({ text }) => text).join(" and ")).join(", then ")}`,
  );
  return {
    name: "figure-2",
    title: `${label}, stage by stage`,
    caption: `Drawn from the values of row ${id}, from which it is trained; nothing in it is measured. ⊗ multiplies channel by channel; m is 1 for ⌊p·d⌋ of the d channels, drawn once a batch. Profile ${profileTexts[profile]}; ${datasetTitles[dataset]}, at imbalance ratio ${imbalanceRatio}.`,
    altText: `Diagram of ${label}. ${described.join(". ")}.`,
    plotly: toPlotly(stages),
  };
};
