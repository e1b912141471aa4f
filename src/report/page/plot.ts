import { escapeHtml } from "../escape-html.ts";
import type { PlotlyFigure } from "../figures/plotly-figure.ts";

/** A script's text that cannot end its own element. */
export const scriptText = (text: string): string => text.replaceAll("</", "<\\/");

/**
 * A place where the page draws a figure; without script it has the words for what would be seen.
 *
 * @param id - unique on the page.
 * @param description - also what a screen reader says of it.
 */
export function plotOf(id: string, figure: PlotlyFigure, description: string): string {
  const words = escapeHtml(description);
  const { height } = figure.layout;
  // The page keeps its place when the drawing replaces the words.
  const room = typeof height === "number" ? ` style="min-height: ${height}px"` : "";
  return `<div class="plot" id="${id}"${room} role="group" aria-label="${words}"><p>${words}</p></div>
<script type="application/json" id="${id}-data">${scriptText(JSON.stringify(figure))}</script>`;
}
