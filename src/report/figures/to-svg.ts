import { metrics } from "../../experiments/tables/table.ts";
import { escapeHtml } from "../escape-html.ts";
import { metricColours, metricTitles, theme } from "../theme.ts";
import type { GroupBar, GroupBars } from "./accuracy-by-group.ts";

const size = { width: 760, height: 400 } as const;
const plot = { left: 58, right: 748, top: 56, bottom: 346 } as const;
/** A character's width, in pixels, and how steeply labels stand that have no room side by side. */
const [characterWidth, slope] = [7.5, 50] as const;
/** Part of a row's width that its bars fill. */
const filled = 0.8;

const fixed = (value: number) => Number(value.toFixed(1));
const heightOf = (percent: number) => fixed(plot.bottom - (percent / 100) * (plot.bottom - plot.top));
const text = (x: number, y: number, content: string, attributes = "") =>
  `<text x="${fixed(x)}" y="${fixed(y)}"${attributes}>${escapeHtml(content)}</text>`;

function barOf(
  { metric, ours, halfWidth, points, published }: GroupBar,
  left: number,
  width: number,
): string {
  const middle = fixed(left + width / 2);
  const parts: string[] = [];
  if (ours !== null) {
    const top = heightOf(ours);
    const title = `<title>${metricTitles[metric]}: ${ours.toFixed(2)} %</title>`;
    parts.push(
      `<rect x="${fixed(left)}" y="${top}" width="${fixed(width)}" height="${fixed(plot.bottom - top)}" fill="${metricColours[metric]}">${title}</rect>`,
    );
    if (halfWidth !== null) {
      parts.push(
        `<path d="M${middle} ${heightOf(ours - halfWidth)}V${heightOf(ours + halfWidth)}" stroke="${theme.text}"/>`,
      );
    }
  }
  for (const point of points)
    parts.push(`<circle cx="${middle}" cy="${heightOf(point)}" r="1.8" fill="${theme.text}" opacity="0.7"/>`);
  if (published !== null) {
    const title = `<title>${metricTitles[metric]}, paper: ${published.toFixed(2)} %</title>`;
    parts.push(
      `<path d="M${middle} ${fixed(heightOf(published) - 5)}l5 5l-5 5l-5 -5z" fill="none" stroke="${theme.text}" stroke-width="1.5">${title}</path>`,
    );
  }
  return parts.join("");
}

function legendOf(comparable: boolean): string {
  const entries = metrics.map((metric, i) => {
    const x = plot.left + i * 92;
    return `<rect x="${x}" y="18" width="12" height="12" fill="${metricColours[metric]}"/>${text(x + 18, 29, metricTitles[metric])}`;
  });
  const x = plot.left + metrics.length * 92 + 6;
  const paper = `<path d="M${x} 19l5 5l-5 5l-5 -5z" fill="none" stroke="${theme.text}" stroke-width="1.5"/>${text(x + 12, 29, "the paper's")}`;
  return [...entries, ...(comparable ? [paper] : [])].join("\n");
}

/**
 * The bars as a static image, for where no script runs.
 *
 * @param figure - as `accuracyByGroup` makes it.
 * @returns a standalone SVG document, 760 × 400; higher where labels are slanted.
 */
export function toSvg({ caption, rows, standIn }: GroupBars): string {
  const step = (plot.right - plot.left) / Math.max(1, rows.length);
  const width = (step * filled) / metrics.length;
  const longest = characterWidth * Math.max(0, ...rows.map(({ label }) => label.length));
  const slanted = longest > step;
  const below = slanted ? Math.round(longest * Math.sin((slope * Math.PI) / 180)) : 0;
  const labelOf = (x: number, label: string) => {
    if (!slanted) return text(x, plot.bottom + 20, label, ' text-anchor="middle"');
    const turn = `rotate(-${slope} ${fixed(x)} ${plot.bottom + 14})`;
    return text(x, plot.bottom + 14, label, ` text-anchor="end" transform="${turn}"`);
  };
  const height = size.height + below;
  const comparable = rows.some(({ bars }) => bars.some(({ published }) => published !== null));
  const grid = [0, 20, 40, 60, 80, 100].map((percent) => {
    const y = heightOf(percent);
    return `<path d="M${plot.left} ${y}H${plot.right}" stroke="${percent === 0 ? theme.muted : theme.grid}"/>${text(plot.left - 8, y + 4, String(percent), ' text-anchor="end"')}`;
  });
  const groups = rows.map(({ label, bars }, i) => {
    const left = plot.left + i * step + (step * (1 - filled)) / 2;
    const drawn = bars.map((bar, j) => barOf(bar, left + j * width, width)).join("");
    const middle = plot.left + (i + 0.5) * step;
    return `<g>${drawn}${labelOf(middle, label)}</g>`;
  });
  const middle = (plot.left + plot.right) / 2;
  const centre = (plot.top + plot.bottom) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${height}" width="${size.width}" height="${height}" role="img" font-family="${escapeHtml(theme.font)}" font-size="${theme.fontSize}" fill="${theme.text}">
<title>${escapeHtml(caption)}</title>
<rect width="${size.width}" height="${height}" fill="${theme.background}"/>
${legendOf(comparable)}
${grid.join("\n")}
${groups.join("\n")}
${text(middle, plot.bottom + 44 + below, standIn ? `Method, on ${standIn}` : "Method", ' text-anchor="middle"')}
${text(16, centre, "Top-1 accuracy (%)", ` text-anchor="middle" transform="rotate(-90 16 ${centre})"`)}
</svg>
`;
}
