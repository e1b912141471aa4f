import { theme } from "../theme.ts";
import type { Figure } from "./figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";

/** Okabe and Ito's colours that no group has, and grey; the marks distinguish samplers without colour. */
const looks = [
  { color: theme.muted, symbol: "circle", dash: "solid" },
  { color: "#56b4e9", symbol: "square", dash: "solid" },
  { color: "#d55e00", symbol: "diamond", dash: "solid" },
  { color: "#cc79a7", symbol: "x", dash: "dot" },
] as const;

const whole = new Intl.NumberFormat("en");

/** What one epoch draws of each class, by sampler. */
export type DrawsBySampler = Readonly<Record<string, { readonly drawn: readonly number[] }>>;

/**
 * Images that samplers draw of each class in one epoch, on a logarithmic scale.
 *
 * @param draws - of each sampler, as `drawsByClass` counts them.
 * @param title - which split it is.
 */
export function samplerDraws(draws: DrawsBySampler, title: string): Figure {
  const samplers = Object.entries(draws);
  const ends = samplers.map(
    ([name, { drawn }]) =>
      `${name} ${whole.format(drawn[0] ?? 0)} of the first and ${whole.format(drawn.at(-1) ?? 0)} of the last class`,
  );
  return {
    name: "sampler-draws",
    title: `Images drawn of each class in one epoch: ${title}`,
    caption: "Classes from the most to the least frequent; one epoch is as many draws as there are images.",
    altText: `Lines by class: ${ends.join("; ")}.`,
    plotly: {
      data: samplers.map(([name, { drawn }], i) => {
        const { color, symbol, dash } = looks[i % looks.length] as (typeof looks)[number];
        return {
          type: "scatter",
          name,
          x: drawn.map((_, c) => c),
          // Zero has no place on a logarithmic scale.
          y: drawn.map((count) => (count === 0 ? null : count)),
          mode: "lines+markers",
          marker: { symbol, size: 8, color },
          line: { color, dash, width: 1.5 },
          hovertemplate: `${name}, class %{x}: %{y} images<extra></extra>`,
        };
      }),
      layout: plotlyLayout({
        height: 380,
        xaxis: plotlyAxis("Class", { dtick: Math.ceil((samplers[0]?.[1].drawn.length ?? 1) / 20) }),
        yaxis: plotlyAxis("Images drawn in one epoch", { type: "log", dtick: 1 }),
      }),
    },
  };
}
