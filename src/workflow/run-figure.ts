import { readAnalyses } from "../analysis/analyses.ts";
import { FailureError } from "../errors.ts";
import { settingOf } from "../experiments/rows/stand-in.ts";
import { figureRows } from "../experiments/tables/figure-rows.ts";
import type { Figure } from "../report/figures/figure.ts";
import { type FigureName, figures } from "../report/figures/figures.ts";
import { readRecords } from "../runs/records.ts";
import { analyseRows } from "./analyse-rows.ts";
import { fullestFigure } from "./fullest-figure.ts";
import { paths } from "./paths.ts";
import { notebookScreen } from "./progress/notebook-screen.ts";
import { rowsNamed } from "./rows-named.ts";
import { type RowsOptions, runRows } from "./run-rows.ts";
import type { ProfileChoice } from "./run-table.ts";
import { plannedRuns } from "./training-order.ts";

/** Where things lie, and another row than the figure's own, or the beginning of several. */
export interface FigureOptions extends RowsOptions {
  readonly row?: string;
}

const [h2t] = figureRows["figure-3"];
const [withoutAndWith] = figureRows["figure-4"];

/** The default rows of a figure, the first of alternatives; Figure 2 needs no run. */
const ownRows: Readonly<Record<FigureName, readonly string[]>> = {
  "figure-1b": figureRows["figure-1b"],
  "figure-2": [],
  "figure-3": [h2t],
  "figure-4": withoutAndWith,
  "figure-5": ["figure-5"],
  "figure-s1": figureRows["figure-s1"],
  "reliability-diagram": [h2t],
  "confusion-matrix": [h2t],
};

/**
 * A figure of the paper: drawn from records and analyses, and its rows trained and analysed first where the profile has none.
 *
 * @param profile - `fullest` trains nothing where the figure can be drawn, and else is `demo`; any other trains and analyses the
 *   figure's rows that lack it, as `runRows` does.
 * @param seeds - of what is trained; `fullest` shows every seed.
 * @param options - another row, folders, and a signal.
 * @throws {FailureError} as `runRows` does, or if the row is none that this figure can show.
 * @example show(await displayFigure(await runFigure("figure-5", "fullest")));
 */
export async function runFigure(
  name: FigureName,
  profile: ProfileChoice,
  seeds: readonly number[] = [0],
  { row, ...options }: FigureOptions = {},
): Promise<Figure> {
  const folders = { ...paths, ...options };
  const kept = { shipped: folders.results, yours: folders.runs, data: folders.data };
  const read = async () => ({
    ...{ records: await readRecords(kept), analyses: await readAnalyses(kept) },
    ...(row === undefined ? {} : { row }),
  });
  if (profile === "fullest") {
    try {
      return fullestFigure(name, await read()).figure;
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
    }
  }
  const trained = profile === "fullest" ? "demo" : profile;
  const names = row === undefined ? ownRows[name] : [row];
  if (names.length > 0) {
    await runRows(names, trained, seeds, options);
    // Accuracies stand in the records; all else is measured with the weights.
    if (name !== "figure-5") {
      const runs = plannedRuns(rowsNamed(names, trained), seeds);
      const { output, end } = notebookScreen();
      await analyseRows(
        { ...{ runs, profile: trained, fresh: false, download: false }, dataDir: folders.data, folders },
        output,
      ).finally(end);
    }
  }
  return figures[name]({ ...(await read()), ...settingOf(trained), ...(names.length > 0 && { seeds }) });
}
