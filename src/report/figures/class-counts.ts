import type { Metric } from "../../experiments/tables/table.ts";
import { escapeHtml } from "../escape-html.ts";
import { metricColours, metricTitles, theme } from "../theme.ts";
import type { PlotlyFigure } from "./plotly-figure.ts";

/** Head, medium or tail: the classes that it holds, ascending. */
export interface ClassGroup {
  readonly name: Exclude<Metric, "all">;
  readonly classes: readonly number[];
}

/** Training images of each class, by group. */
export interface ClassCounts {
  readonly caption: string;
  readonly groups: readonly (ClassGroup & { readonly counts: readonly number[] })[];
}

const whole = new Intl.NumberFormat("en");

/**
 * The class counts of a split as plain data for each way of drawing them.
 *
 * @param classCounts - `[C]`, training images of each class.
 * @param groups - as `classGroups` makes them; an empty group is left out.
 * @param title - what the images are, and how they were chosen.
 */
export function classCountsFigure(
  classCounts: readonly number[],
  groups: readonly ClassGroup[],
  title: string,
): ClassCounts {
  const total = whole.format(classCounts.reduce((sum, count) => sum + count, 0));
  const ends = `${whole.format(Math.max(...classCounts))} to ${whole.format(Math.min(...classCounts))} a class`;
  return {
    caption: `${title}: ${total} training images, ${ends}`,
    groups: groups
      .filter(({ classes }) => classes.length > 0)
      .map(({ name, classes }) => ({ name, classes, counts: classes.map((c) => classCounts[c] as number) })),
  };
}

const numClassesOf = (groups: ClassCounts["groups"]) =>
  groups.reduce((sum, { classes }) => sum + classes.length, 0);

/** Every so many classes one is named on the axis. */
const labelledEvery = (groups: ClassCounts["groups"]) => Math.ceil(numClassesOf(groups) / 20);

/** The counts as a Plotly figure: one trace a group, so that the legend names the groups. */
export function classCountsToPlotly({ caption, groups }: ClassCounts): PlotlyFigure {
  return {
    data: groups.map(({ name, classes, counts }) => ({
      type: "bar" as const,
      name: metricTitles[name],
      x: classes,
      y: counts,
      marker: { color: metricColours[name] },
      hovertemplate: "class %{x}: %{y} images<extra></extra>",
    })),
    layout: {
      height: 340,
      // Below Plotly's toolbar.
      title: { text: caption, x: 0, xref: "paper", y: 0.9, yanchor: "top", font: { size: theme.fontSize } },
      font: { family: theme.font, size: theme.fontSize, color: theme.text },
      paper_bgcolor: theme.background,
      plot_bgcolor: theme.background,
      margin: { l: 56, r: 12, t: 92, b: 48 },
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      xaxis: { title: { text: "Class" }, dtick: labelledEvery(groups) },
      yaxis: { title: { text: "Training images" }, gridcolor: theme.grid, zerolinecolor: theme.muted },
    },
  };
}

const size = { width: 760, height: 300 } as const;
const plot = { left: 58, right: 748, top: 60, bottom: 256 } as const;
const fixed = (value: number) => Number(value.toFixed(1));

/** The counts as a static image: a standalone SVG document, 760 × 300. */
export function classCountsToSvg({ caption, groups }: ClassCounts): string {
  const numClasses = numClassesOf(groups);
  const most = Math.max(...groups.flatMap(({ counts }) => counts));
  const step = (plot.right - plot.left) / numClasses;
  const heightOf = (count: number) => fixed(plot.bottom - (count / most) * (plot.bottom - plot.top));
  const text = (x: number, y: number, anchor: string, content: string, attributes = "") =>
    `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}"${attributes}>${escapeHtml(content)}</text>`;
  const centre = (plot.top + plot.bottom) / 2;
  const bars = groups.flatMap(({ name, classes, counts }) =>
    counts.map((count, i) => {
      const c = classes[i] as number;
      const left = fixed(plot.left + (c + 0.1) * step);
      const title = `<title>class ${c}: ${count} images</title>`;
      return `<rect x="${left}" y="${heightOf(count)}" width="${fixed(step * 0.8)}" height="${fixed(plot.bottom - heightOf(count))}" fill="${metricColours[name]}">${title}</rect>`;
    }),
  );
  const grid = [0, Math.round(most / 2), most].map(
    (count) =>
      `<path d="M${plot.left} ${heightOf(count)}H${plot.right}" stroke="${theme.grid}"/>${text(plot.left - 8, heightOf(count) + 4, "end", String(count))}`,
  );
  const every = labelledEvery(groups);
  const ticks = Array.from({ length: Math.ceil(numClasses / every) }, (_, i) =>
    text(plot.left + (i * every + 0.5) * step, plot.bottom + 18, "middle", String(i * every)),
  );
  const legend = groups.map(({ name }, i) => {
    const x = plot.left + i * 92;
    return `<rect x="${x}" y="32" width="12" height="12" fill="${metricColours[name]}"/>${text(x + 18, 43, "start", metricTitles[name])}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" font-family="${escapeHtml(theme.font)}" font-size="${theme.fontSize}" fill="${theme.text}">
<rect width="${size.width}" height="${size.height}" fill="${theme.background}"/>
${text(plot.left, 20, "start", caption)}
${[...legend, ...grid, ...bars, ...ticks].join("\n")}
${text((plot.left + plot.right) / 2, plot.bottom + 38, "middle", "Class")}
${text(16, centre, "middle", "Training images", ` transform="rotate(-90 16 ${centre})"`)}
</svg>
`;
}
