import { FailureError } from "../../errors.ts";
import { escapeHtml } from "../../escape-html.ts";
import type { Analysis } from "../../paper/analysis.ts";
import { profiles, standInNames } from "../../paper/experiment.ts";
import type { StoredRecord } from "../../paper/records.ts";
import { settingOf } from "../../paper/rows/stand-in.ts";
import type { Figure, FigureInput } from "../figures/figure.ts";
import { type FigureName, figureNames, figures } from "../figures/figures.ts";
import { plotOf } from "./plot.ts";

/** What the page shows of one figure: drawn once for each profile and stand-in with data, else what is missing. */
export interface PageFigure {
  readonly name: FigureName;
  readonly heading: string;
  readonly drawn: readonly (Figure & { readonly id: string })[];
  /** The command that makes what it is drawn from; `null` where something is drawn. */
  readonly missing: string | null;
}

/** `figure-1b` → `Figure 1b`; `confusion-matrix` → `Confusion matrix`. */
export const headingOf = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`.replace(/ s1$/, " S1");

const settings = [...profiles]
  .reverse()
  .flatMap((profile) => [{ profile }, ...standInNames.map((standIn) => ({ profile, standIn }))]);

/** The figure, or why it cannot be drawn. */
function draw(name: FigureName, input: FigureInput): Figure | FailureError {
  try {
    return figures[name](input);
  } catch (error) {
    if (error instanceof FailureError) return error;
    throw error;
  }
}

/**
 * Every figure of the registry under each profile and stand-in that has what it is drawn from.
 *
 * @param records - as `readRecords` returns them.
 * @param analyses - as `readAnalyses` does.
 */
export function pageFigures(
  records: readonly StoredRecord[],
  analyses: readonly Analysis[],
): readonly PageFigure[] {
  return figureNames.map((name) => {
    // One that is drawn from no data is the same on any, and shown as published.
    const needsData = draw(name, { records: [], analyses: [], profile: "paper" }) instanceof FailureError;
    const shown = needsData ? settings : [{ profile: "paper" } as const];
    const drawn = shown.flatMap((setting) => {
      const figure = draw(name, { records, analyses, ...setting });
      if (figure instanceof FailureError) return [];
      return { ...figure, id: [name, ...Object.values(setting)].join("-") };
    });
    const without = drawn.length > 0 ? null : draw(name, { records, analyses, ...settingOf("demo") });
    return {
      name,
      heading: headingOf(name),
      drawn,
      missing: without instanceof FailureError ? without.message : null,
    };
  });
}

/** One figure under its heading, once for each profile and stand-in. */
function figureOf({ name, heading, drawn }: PageFigure): string {
  const plots = drawn.map(
    ({ id, title, caption, altText, plotly }) => `<figure class="drawn">
<h3>${escapeHtml(title)}</h3>
${plotOf(id, plotly, altText)}
<figcaption>${escapeHtml(caption)}</figcaption>
</figure>`,
  );
  return `<section id="${name}" aria-labelledby="${name}-heading">
<h2 id="${name}-heading">${escapeHtml(heading)}</h2>
${plots.join("\n")}
</section>`;
}

/** Figures that nothing can be drawn of yet, and the commands that change it. */
function absentFigures(figures: readonly PageFigure[]): string {
  const items = figures.map(({ heading, missing }) => {
    const text = escapeHtml(missing ?? "").replace(/: ((?:npx|\.\/).*)$/, ": <code>$1</code>");
    const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
    return `<div><dt>${escapeHtml(heading)}</dt><dd>${sentence}</dd></div>`;
  });
  return `<section id="absent-figures" aria-labelledby="absent-figures-heading">
<h2 id="absent-figures-heading">${absentHeading}</h2>
<dl class="absent">${items.join("\n")}</dl>
</section>`;
}

const absentHeading = "Figures without data yet";

/**
 * The figures, those that are drawn first.
 *
 * @param figures - as `pageFigures` makes them.
 * @returns their sections, and what the page's contents link to.
 */
export function figureSections(figures: readonly PageFigure[]): {
  readonly html: string;
  readonly contents: readonly { readonly id: string; readonly heading: string }[];
} {
  const drawn = figures.filter(({ missing }) => missing === null);
  const absent = figures.filter(({ missing }) => missing !== null);
  return {
    html: [...drawn.map(figureOf), ...(absent.length > 0 ? [absentFigures(absent)] : [])].join("\n"),
    contents: [
      ...drawn.map(({ name, heading }) => ({ id: name, heading })),
      ...(absent.length > 0 ? [{ id: "absent-figures", heading: absentHeading }] : []),
    ],
  };
}
