import { theme } from "../theme.ts";
import type { Figure } from "./figure.ts";
import type { Json, PlotlyFigure } from "./plotly-figure.ts";
import { wrapText } from "./wrap-text.ts";

/** In pixels. */
const [titleLine, legendLine, captionLine, captionSize] = [20, 19, 16, 12];

/** Lines of the legend, whose entries stand in columns of equal width where they do not fit in one line. */
function legendLines(data: PlotlyFigure["data"], width: number): number {
  const entries = data.filter(({ type, showlegend }) => type !== "heatmap" && showlegend !== false);
  const widths = entries.map(({ name }) => name.length * 7.5 + 46);
  if (widths.reduce((sum, one) => sum + one, 0) <= width) return 1;
  return Math.ceil(entries.length / Math.max(1, Math.floor(width / Math.max(...widths))));
}

type Margin = { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/**
 * A figure with its title above and its caption below as part of the drawing, for places that show nothing else of it.
 *
 * @param width - of the drawing, in pixels: lines are broken to it.
 * @returns a new figure, higher by the lines that are added.
 */
export function captioned({ title, caption, plotly: { data, layout } }: Figure, width: number): PlotlyFigure {
  const margin = layout.margin as Margin;
  const titles = wrapText(title, Math.floor((width - 20) / 9));
  const captions = wrapText(caption, Math.floor((width - 20) / 6.5));
  const legend = (legendLines(data, width - margin.l - margin.r) - 1) * legendLine;
  const [above, below] = [titles.length * titleLine + legend, captions.length * captionLine + 8];
  const text = (lines: readonly string[]) => lines.join("<br>").replaceAll("&", "&amp;");
  const shared = {
    ...{ showarrow: false, align: "left", yref: "paper" },
    ...{ xref: "paper", x: 0, xanchor: "left", xshift: 10 - margin.l },
  };
  return {
    data,
    layout: {
      ...layout,
      width,
      height: (layout.height as number) + above + below,
      margin: { ...margin, t: margin.t + above, b: margin.b + below },
      annotations: [
        ...(isList(layout.annotations) ? layout.annotations : []),
        {
          ...{ ...shared, text: `<b>${text(titles)}</b>`, font: { size: theme.fontSize + 2 } },
          ...{ y: 1, yanchor: "top", yshift: margin.t + above - 8 },
        },
        {
          ...{ ...shared, text: text(captions), font: { size: captionSize, color: theme.muted } },
          ...{ y: 0, yanchor: "top", yshift: -margin.b },
        },
      ],
    },
  };
}
