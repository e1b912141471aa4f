import type { Embedding } from "../../analysis/analysis.ts";
import { groupsOf } from "../../runs/groups-of.ts";
import { className } from "../class-names.ts";
import { classColours, groupSymbols, metricColours, metricTitles, theme } from "../theme.ts";
import type { AnalysedRun } from "./analysed-run.ts";
import type { Json, PlotlyFigure, PlotlyTrace } from "./plotly-figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";

/** An embedded run, and what stands over it. */
export interface EmbeddingPanel {
  readonly title: string;
  readonly run: AnalysedRun;
  readonly embedding: Embedding;
}

/** Where panels stand. */
export interface PanelGrid {
  readonly columns: number;
  /** Of a panel with its title, in pixels. */
  readonly panelHeight: number;
  /** Diameter of a point, in pixels. */
  readonly pointSize: number;
}

/** Points that are drawn in one colour and one symbol. */
interface PointGroup {
  readonly name: string;
  readonly classes: ReadonlySet<number>;
  readonly colour: string;
  readonly symbol: string;
}

/** A group for each class; of more classes than colours one for head, medium and tail each. */
function pointGroups({ record }: AnalysedRun): PointGroup[] {
  const groups = groupsOf(record);
  const count = record.data.classCounts.length;
  return groups.flatMap(({ name, classes }) => {
    const symbol = groupSymbols[name];
    if (count > classColours.length)
      return [{ name: metricTitles[name], classes: new Set(classes), colour: metricColours[name], symbol }];
    return classes.map((c) => ({
      ...{ name: className(record.configuration.dataset, c), classes: new Set([c]), symbol },
      colour: classColours[c] as string,
    }));
  });
}

/** What a caption says of the legend, which has no title: on a phone that would push the classes off the page. */
export const legendText =
  "Colour: class, or group if there are more than ten classes. Marker: head (circle), medium (square), tail (triangle).";

const margin = { l: 40, r: 14, t: 64, b: 40 };

const suffix = (i: number) => (i === 0 ? "" : String(i + 1));

/** A tenth is less than a pixel of a panel. */
const rounded = (coordinate: number) => Number(coordinate.toFixed(1));

function tracesOf({ title, run, embedding }: EmbeddingPanel, i: number, pointSize: number): PlotlyTrace[] {
  const { x, y, labels } = embedding;
  return pointGroups(run).map(({ name, classes, colour, symbol }) => {
    const own = [...labels.keys()].filter((point) => classes.has(labels[point] as number));
    return {
      type: "scatter" as const,
      mode: "markers",
      name,
      x: own.map((point) => rounded(x[point] as number)),
      y: own.map((point) => rounded(y[point] as number)),
      xaxis: `x${suffix(i)}`,
      yaxis: `y${suffix(i)}`,
      legendgroup: name,
      showlegend: i === 0,
      marker: {
        ...{ color: colour, symbol, size: pointSize, opacity: 0.85 },
        // Pale colours stand out from white.
        line: { color: theme.muted, width: 0.4 },
      },
      hovertemplate: `${title}<br>${name}<extra></extra>`,
    };
  });
}

/**
 * Panels of embedded features side by side: colour and symbol say the class, the symbol its group, too.
 *
 * Only near and far mean anything in t-SNE, so axes have one scale and neither ticks nor unit; the lowest panel on the left names
 * them for all, since names below narrow panels run into each other.
 */
export function embeddingPanels(panels: readonly EmbeddingPanel[], grid: PanelGrid): PlotlyFigure {
  const { columns, panelHeight, pointSize } = grid;
  const rows = Math.ceil(panels.length / columns);
  const plotHeight = rows * panelHeight;
  const [gapX, gapY] = [0.03, 0.32 / rows / 2];
  const [width, height] = [(1 - gapX * (columns - 1)) / columns, (1 - gapY * (rows - 1)) / rows];
  const bare = {
    ...{ showticklabels: false, ticks: "", showgrid: false, mirror: true },
  } satisfies Readonly<Record<string, Json>>;
  const axes = panels.flatMap((_, i): [string, Json][] => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const left = column * (width + gapX);
    const top = 1 - row * (height + gapY);
    const isCorner = column === 0 && row === rows - 1;
    const domains = { x: [left, left + width], y: [top - height, top] };
    return [
      [
        `xaxis${suffix(i)}`,
        plotlyAxis(isCorner ? "t-SNE 1 (no unit)" : "", {
          ...bare,
          ...{ domain: domains.x, anchor: `y${suffix(i)}` },
        }),
      ],
      [
        `yaxis${suffix(i)}`,
        plotlyAxis(isCorner ? "t-SNE 2 (no unit)" : "", {
          ...bare,
          ...{
            domain: domains.y,
            anchor: `x${suffix(i)}`,
            scaleanchor: `x${suffix(i)}`,
          },
        }),
      ],
    ];
  });
  return {
    data: panels.flatMap((panel, i) => tracesOf(panel, i, pointSize)),
    layout: plotlyLayout({
      height: plotHeight + margin.t + margin.b,
      margin,
      legend: {
        // Above the panels' titles.
        ...{ orientation: "h", x: 0, y: 1 + 24 / plotHeight, yanchor: "bottom", itemsizing: "constant" },
      },
      ...Object.fromEntries(axes),
      annotations: panels.map(({ title }, i) => ({
        ...{ text: `<b>${title}</b>`, showarrow: false, font: { color: theme.text, size: theme.fontSize } },
        ...{ xref: `x${suffix(i)} domain`, yref: `y${suffix(i)} domain`, x: 0, y: 1 },
        ...{ xanchor: "left", yanchor: "bottom" },
      })),
    }),
  };
}
