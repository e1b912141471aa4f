import type { Analysis } from "../../analysis/analysis.ts";
import { FailureError } from "../../errors.ts";
import { publishedFigure5 } from "../../experiments/published/figure-5.ts";
import type { Figure, FigureInput } from "../figures/figure.ts";
import { type FigureName, figureNames, figures } from "../figures/figures.ts";
import { isOfPaper, type PageSetting } from "./page-settings.ts";

/** A figure that can be drawn in a section. */
export interface PageFigure {
  readonly name: FigureName;
  readonly heading: string;
  readonly figure: Figure;
}

/** `figure-1b` → `Figure 1b`; `confusion-matrix` → `Confusion matrix`. */
export const headingOf = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`.replace(/ s1$/, " S1");

/** The figure; undefined where what it is drawn from is missing. */
export function drawFigure(name: FigureName, input: FigureInput): Figure | undefined {
  try {
    return figures[name](input);
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

/** Whether a figure shows a curve: fewer points than half of the paper's are lone points. */
function isWorthDrawing(name: FigureName, figure: Figure): boolean {
  if (name !== "figure-5") return true;
  const measured = figure.plotly.data[0]?.x.length ?? 0;
  return measured > publishedFigure5.length / 2;
}

/** Drawn from no record, so it belongs to no section. */
export const dataFree = "figure-2" satisfies FigureName;

/**
 * The figures that can be drawn from the records of one data set and profile, each once.
 *
 * @param analyses - as `readAnalyses` returns them.
 */
export function settingFigures(
  { records, profile, dataset }: PageSetting,
  analyses: readonly Analysis[],
): PageFigure[] {
  const standIn = isOfPaper(dataset) ? {} : { standIn: dataset };
  return figureNames.flatMap((name) => {
    if (name === dataFree) return [];
    const figure = drawFigure(name, { records, analyses, profile, ...standIn });
    if (figure === undefined || !isWorthDrawing(name, figure)) return [];
    return { name, heading: headingOf(name), figure };
  });
}

/** Figures that no section shows. */
export const absentFigures = (shown: ReadonlySet<FigureName>): FigureName[] =>
  figureNames.filter((name) => name !== dataFree && !shown.has(name));
