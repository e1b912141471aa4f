import { theme } from "../theme.ts";
import type { Json, PlotlyFigure } from "./plotly-figure.ts";

/** What every figure's layout shares. */
const shared = {
  font: { family: theme.font, size: theme.fontSize, color: theme.text },
  paper_bgcolor: theme.background,
  plot_bgcolor: theme.background,
  margin: { l: 60, r: 14, t: 44, b: 52 },
  legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", traceorder: "normal" },
  hoverlabel: { font: { family: theme.font, size: theme.fontSize } },
} as const satisfies PlotlyFigure["layout"];

/** A figure's layout: the shared look, and what is its own. */
export const plotlyLayout = (own: PlotlyFigure["layout"]): PlotlyFigure["layout"] => ({ ...shared, ...own });

/**
 * An axis in the shared look.
 *
 * @param text - what it shows, with the unit.
 */
export const plotlyAxis = (
  text: string,
  own: { readonly [attribute: string]: Json } = {},
): { readonly [attribute: string]: Json } => ({
  title: { text, standoff: 8, font: { size: theme.fontSize } },
  gridcolor: theme.grid,
  zeroline: false,
  linecolor: theme.muted,
  showline: true,
  ticks: "outside",
  tickcolor: theme.muted,
  ...own,
});
