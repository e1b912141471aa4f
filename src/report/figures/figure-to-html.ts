import { escapeHtml } from "../escape-html.ts";
import { plotOf, scriptText } from "../page/plot.ts";
import { theme } from "../theme.ts";
import type { Figure } from "./figure.ts";

const style = `body { margin: 0 auto; max-width: 1000px; padding: 16px; font: 16px/1.5 ${theme.font}; color: ${theme.text}; background: ${theme.background}; }
h1 { font-size: 1.2em; margin: 0 0 8px; } figure { margin: 0; } figcaption { color: ${theme.muted}; font-size: 14px; }`;

/**
 * A figure as one page that needs no network.
 *
 * @param plotlyScript - text of plotly.js's cartesian bundle.
 * @returns an HTML document.
 */
export function figureToHtml({ title, caption, altText, plotly }: Figure, plotlyScript: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<figure>
${plotOf("plot", plotly, altText)}
<figcaption>${escapeHtml(caption)}</figcaption>
</figure>
</main>
<script>${scriptText(plotlyScript)}</script>
<script>
const plot = document.getElementById("plot");
const { data, layout } = JSON.parse(document.getElementById("plot-data").textContent);
plot.replaceChildren();
Plotly.newPlot(plot, data, layout, { responsive: true, displaylogo: false, displayModeBar: innerWidth < 640 ? false : "hover" });
</script>
</body>
</html>
`;
}
