import type { MimeBundle } from "../notebook/mime-bundle.ts";
import { type Facts, factsToHtml, factsToText } from "./facts.ts";
import { accuracyByGroup, type GroupBars, toPlotly } from "./figures/accuracy-by-group.ts";
import { captioned } from "./figures/captioned.ts";
import {
  type ClassGroup,
  classCountsFigure,
  classCountsToPlotly,
  classCountsToSvg,
} from "./figures/class-counts.ts";
import type { Figure } from "./figures/figure.ts";
import { packedTrace } from "./figures/packed-trace.ts";
import type { PlotlyFigure } from "./figures/plotly-figure.ts";
import { toSvg } from "./figures/to-svg.ts";
import { type TrainedRun, trainingCurves, trainingCurvesToPlotly } from "./figures/training-curves.ts";
import { trainingCurvesToSvg } from "./figures/training-curves-svg.ts";
import type { TableModel } from "./tables/table-model.ts";
import { toHtml } from "./tables/to-html.ts";
import { toMarkdown } from "./tables/to-markdown.ts";

/** By which Jupyter kernels find what to show of an object: a MIME bundle, richest form and plain fallback together. */
const display = Symbol.for("Jupyter.display");

/** Something that a notebook shows when a cell ends in it. */
export interface Displayable {
  readonly [display]: () => MimeBundle;
}

/** What a notebook is to show of an object. */
export const bundleOf = (displayable: Displayable): MimeBundle => displayable[display]();

/**
 * A table for a notebook: HTML without empty columns, and the whole table as Markdown and plain text.
 *
 * @example displayTable(renderTable(findTable("table-5"), records, { profile: "demo", standIn: "glyphs-10" }));
 */
export function displayTable(model: TableModel): Displayable {
  const markdown = toMarkdown(model);
  return {
    [display]: () => ({
      "text/html": toHtml(model, { compact: true }),
      "text/markdown": markdown,
      "text/plain": markdown,
    }),
  };
}

/**
 * Facts for a notebook, a line each.
 *
 * @param facts - what each is called, and what it is.
 * @example show(displayFacts({ Profile: "paper", Seeds: "0, 1, 2" }));
 */
export const displayFacts = (facts: Facts): Displayable => ({
  [display]: () => ({ "text/html": factsToHtml(facts), "text/plain": factsToText(facts) }),
});

/**
 * Accuracy by group for a notebook: interactive where Plotly's renderer is installed, a static image elsewhere.
 *
 * @param model - a table with one column a metric.
 */
export function displayAccuracyByGroup(model: TableModel): Displayable {
  const figure: GroupBars = accuracyByGroup(model);
  return interactive(toPlotly(figure), toSvg(figure), figure.caption);
}

/**
 * Training images of each class for a notebook, coloured by group.
 *
 * @param classCounts - `[C]`, images of each class.
 * @param groups - as `classGroups` makes them of the counts.
 * @param title - what the images are, and how they were chosen.
 * @example displayClassCounts(classCounts, classGroups(classCounts, "byIndex"), "CIFAR-100 at ratio 100");
 */
export function displayClassCounts(
  classCounts: readonly number[],
  groups: readonly ClassGroup[],
  title: string,
): Displayable {
  const figure = classCountsFigure(classCounts, groups, title);
  return interactive(classCountsToPlotly(figure), classCountsToSvg(figure), figure.caption);
}

/**
 * Loss and accuracy of training for a notebook, by epoch.
 *
 * @param runs - at least one, with an epoch or more; the last one stands out in its stage.
 */
export function displayTrainingCurves(runs: readonly TrainedRun[]): Displayable {
  const figure = trainingCurves(runs);
  return interactive(trainingCurvesToPlotly(figure), trainingCurvesToSvg(figure), figure.caption);
}

/**
 * The same for repeated redrawing: without script, whose start takes time.
 *
 * @param runs - as above.
 */
export function displayGrowingCurves(runs: readonly TrainedRun[]): Displayable {
  const figure = trainingCurves(runs);
  return {
    [display]: () => ({ "image/svg+xml": trainingCurvesToSvg(figure), "text/plain": figure.caption }),
  };
}

/** In pixels; an output area of JupyterLab is at least as wide. */
const figureWidth = 760;
/** A larger SVG, such as one with thousands of points, is stored as PNG. */
const mostSvgBytes = 100_000;

/**
 * A figure for a notebook: interactive where Plotly's renderer is installed, elsewhere a static image that Chromium draws; its
 * description as text.
 *
 * @param figure - as a builder of `figures` makes it.
 * @returns what to end a cell in; without Chromium a note stands in the image's place.
 * @example show(await displayFigure(figures["figure-5"]({ records, analyses, profile: "paper" })));
 */
export async function displayFigure(figure: Figure): Promise<Displayable> {
  const image = await imageOf(figure);
  const { width, ...layout } = captioned(figure, figureWidth).layout;
  const text = [figure.title, figure.altText, figure.caption].join("\n");
  return {
    [display]: () => ({
      "application/vnd.plotly.v1+json": { data: figure.plotly.data.map(packedTrace), layout },
      ...image,
      "text/plain": text,
    }),
  };
}

/** Apart from its use: where `await using` is, the compiler leaves the file's name as it stands in the source. */
const imageDrawing = () => import("./figures/image-drawing.ts");

async function imageOf(figure: Figure): Promise<MimeBundle> {
  const { noImageSvg, openDrawing } = await imageDrawing();
  await using drawing = await openDrawing();
  if (drawing === undefined) return { "image/svg+xml": noImageSvg(figure, figureWidth) };
  const svg = await drawing.draw(figure, "svg", figureWidth);
  if (svg.length <= mostSvgBytes) return { "image/svg+xml": svg.toString() };
  return { "image/png": (await small(await drawing.draw(figure, "png", figureWidth))).toString("base64") };
}

/** The same picture in a few colours and as wide as it is shown: a notebook is to stay small. */
async function small(png: Buffer): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp(png).resize(figureWidth).png({ palette: true, effort: 10 }).toBuffer();
}

const interactive = (plotly: PlotlyFigure, svg: string, caption: string): Displayable => ({
  [display]: () => ({
    "application/vnd.plotly.v1+json": plotly,
    "image/svg+xml": svg,
    "text/plain": caption,
  }),
});
