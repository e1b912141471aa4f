import { scaleLinear } from "d3-scale";
import { escapeHtml } from "../escape-html.ts";
import { theme } from "../theme.ts";
import {
  type Curve,
  captionHeight,
  colourOf,
  heightOf,
  type Panel,
  panelHeight,
  type TrainingCurves,
} from "./training-curves.ts";

const width = 760;
/** Of a panel, axes included. */
const panelWidth = 372;
/** Where curves are drawn in a panel. */
const plot = { left: 60, right: 360, top: 12, bottom: 210 } as const;

const fixed = (value: number) => Number(value.toFixed(1));
const text = (x: number, y: number, anchor: string, content: string, attributes = "") =>
  `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}"${attributes}>${escapeHtml(content)}</text>`;

function drawPanel(panel: Panel, place: number): string {
  const x = scaleLinear(panel.epochs, [plot.left, plot.right]);
  const y = scaleLinear(panel.values, [plot.bottom, plot.top]);
  const middle = (plot.top + plot.bottom) / 2;
  const grid = y.ticks(4).map((value) => {
    const at = fixed(y(value));
    const line = `<path d="M${plot.left} ${at}H${plot.right}" stroke="${theme.grid}"/>`;
    return line + text(plot.left - 6, at + 4, "end", y.tickFormat(4)(value));
  });
  const epochs = x.ticks(6).filter(Number.isInteger);
  const drawCurve = (curve: Curve) => {
    const colour = colourOf(curve, panel);
    const points = curve.values.map((value, i) => [fixed(x(curve.epochs[i] as number)), fixed(y(value))]);
    const dots = points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="2" fill="${colour}"/>`);
    const line = `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="${curve.isLatest ? 2 : 1}"/>`;
    return `<g><title>${escapeHtml(curve.name)}</title>${line}${curve.isLatest ? dots.join("") : ""}</g>`;
  };
  const left = (place % 2) * (width - panelWidth);
  const top = captionHeight + Math.floor(place / 2) * panelHeight;
  return `<g transform="translate(${left} ${top})">
${grid.join("\n")}
<path d="M${plot.left} ${plot.top}V${plot.bottom}H${plot.right}" fill="none" stroke="${theme.muted}"/>
${panel.curves.map(drawCurve).join("\n")}
${epochs.map((epoch) => text(x(epoch), plot.bottom + 18, "middle", String(epoch))).join("\n")}
${text((plot.left + plot.right) / 2, plot.bottom + 38, "middle", panel.titles.epochs)}
${text(16, middle, "middle", panel.titles.values, ` transform="rotate(-90 16 ${middle})"`)}
</g>`;
}

/**
 * The curves as a static image, for where no script runs.
 *
 * @param figure - as `trainingCurves` makes it.
 * @returns a standalone SVG document, 760 wide.
 */
export function trainingCurvesToSvg({ caption, panels }: TrainingCurves): string {
  const height = heightOf(panels);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="${escapeHtml(theme.font)}" font-size="${theme.fontSize}" fill="${theme.text}">
<rect width="${width}" height="${height}" fill="${theme.background}"/>
${text(plot.left, 20, "start", caption)}
${panels.map(drawPanel).join("\n")}
</svg>
`;
}
