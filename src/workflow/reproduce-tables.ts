import { mkdir } from "node:fs/promises";
import path from "node:path";
import { FailureError } from "../errors.ts";
import type { Experiment, Profile } from "../experiments/experiment.ts";
import { experiments } from "../experiments/rows/experiments.ts";
import { figureRows } from "../experiments/tables/figure-rows.ts";
import { type TableName, tableNames } from "../experiments/tables/table.ts";
import { duration } from "../report/duration.ts";
import { projectFolder } from "../setup/project-folder.ts";
import { storeFile } from "../storage/store-file.ts";
import { executeNotebook } from "./execute-notebook.ts";
import { notebookText } from "./notebook.ts";
import { notebookNames } from "./notebook-names.ts";
import { paths } from "./paths.ts";
import { interruptible } from "./progress/interruption.ts";
import type { Output } from "./progress/output.ts";
import { rowsNamed } from "./rows-named.ts";
import { trainChains } from "./train-chains.ts";
import { trainShippedFeatures } from "./train-shipped-features.ts";
import { plannedRuns } from "./training-order.ts";
import { writeReport } from "./write-report.ts";

/** What to reproduce, and where everything lies; absolute folders. */
export interface Reproduction {
  /** How long to train; without it, stage II is retrained on the features that ship with the kit. */
  readonly profile?: Profile;
  readonly only?: readonly TableName[];
  readonly seeds: readonly number[];
  readonly jobs?: number;
  readonly data: string;
  readonly runs: string;
  readonly report: string;
}

/** What came of a piece of work, and how long it took. */
async function timed<Result>(work: Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const start = performance.now();
  const result = await work;
  return { result, seconds: (performance.now() - start) / 1000 };
}

/** A reproduction that trains from images. */
type FromImages = Reproduction & Required<Pick<Reproduction, "profile">>;

/** Chosen tables need a profile; it is the demo unless one is named. */
function fromImages(order: Reproduction): FromImages | undefined {
  const { profile = order.only && "demo" } = order;
  return profile && { ...order, profile };
}

/** The tables to train: those asked for, else Table 5 in the demo and all that can be run in the other profiles. */
const tablesOf = ({ only, profile }: FromImages): readonly TableName[] =>
  only ?? (profile === "demo" ? ["table-5"] : tableNames);

/**
 * Trains the rows that have no record yet, measures what figures show, executes the notebooks and writes the report page.
 *
 * @throws {FailureError} at the end, when a notebook failed; the report is written all the same.
 */
export async function reproduce(order: Reproduction, output: Output): Promise<void> {
  const images = fromImages(order);
  const training = await timed(
    images ? train(images, output) : trainShippedFeatures(order, paths.results, output),
  );
  const analysis = await timed(images ? analyse(images, output) : Promise.resolve());
  const notebooks = await timed(executeNotebooks(order, output));
  const report = await timed(writeReport(order.report, order.runs, order.data));
  const parts = Object.entries({ training, analysis, notebooks, report });
  const spent = parts.map(([name, { seconds }]) => `${name} ${duration(seconds)}`).join(", ");
  const total = duration(parts.reduce((sum, [, { seconds }]) => sum + seconds, 0));
  output.write(`\nReport: ${report.result}\nTook ${total}: ${spent}.\n`);
  const [failure] = notebooks.result;
  if (failure) throw failure;
}

const hasRows = (table: TableName) => experiments().some(({ id }) => id.startsWith(`${table}/`));

/** The rows to train. */
const rowsOf = (order: FromImages): Experiment[] => rowsNamed(tablesOf(order).filter(hasRows), order.profile);

async function train(order: FromImages, output: Output): Promise<void> {
  const { profile, seeds, jobs, data: dataDir, runs } = order;
  for (const table of tablesOf(order).filter((name) => !hasRows(name))) {
    output.write(`${table}: the kit cannot run its methods yet; the report has the paper's numbers.\n`);
  }
  const rows = rowsOf(order);
  if (rows.length === 0) return;
  const folders = { runs, results: paths.results };
  await trainChains(
    { ...{ runs: plannedRuns(rows, seeds), profile, jobs, dataDir, folders }, fresh: false, download: true },
    output,
  );
}

/** Measures those rows of figures that are trained, on the data sets that were trained on. */
async function analyse(order: FromImages, output: Output): Promise<void> {
  const { profile, seeds, data: dataDir, runs } = order;
  const datasets = new Set(rowsOf(order).map(({ dataset }) => dataset));
  const shown = rowsNamed(Object.values(figureRows).flat(2), profile);
  const rows = shown.filter(({ dataset }) => datasets.has(dataset));
  if (rows.length === 0) return;
  const { analyseRows } = await import("./analyse-rows.ts");
  const folders = { runs, results: paths.results };
  const planned = { runs: plannedRuns(rows, seeds), profile, dataDir, folders };
  await analyseRows({ ...planned, fresh: false, download: true, trainedOnly: true }, output);
}

/**
 * Whether a notebook's rows were trained by this call, or take seconds after it: in the demo Figure 5 replays Table 5's features.
 */
function isTrained(name: string, order: FromImages): boolean {
  const tables = tablesOf(order).filter(hasRows);
  if (name === "figure-5") return order.profile === "demo" && tables.includes("table-5");
  return tables.some((table) => table === name);
}

/**
 * What a notebook is given: the profile only where its rows were trained, so that the others show the fullest records and train
 * nothing; folders only where they are not the kit's own, since a report may travel.
 */
function parametersOf(name: string, order: Reproduction): Record<string, unknown> {
  const { seeds, data, runs } = order;
  const isOwn = data === paths.data && runs === paths.runs;
  const images = fromImages(order);
  return {
    ...(images && isTrained(name, images) ? { profile: images.profile, seeds } : {}),
    ...(isOwn ? {} : { folders: { data, runs, results: paths.results } }),
  };
}

/** Executes the notebooks of the tables that were asked for into the report; returns what went wrong. */
async function executeNotebooks(order: Reproduction, output: Output): Promise<FailureError[]> {
  const folder = path.join(projectFolder, "notebooks");
  const executed = path.join(order.report, "notebooks");
  const names = await notebookNames(folder, order.only);
  if (names.length === 0) output.write("Notebooks: none to execute.\n");
  const failures: FailureError[] = [];
  await interruptible(output, async (signal) => {
    for (const name of names) {
      const parameters = parametersOf(name, order);
      const work = async () => {
        const notebook = await executeNotebook(path.join(folder, `${name}.ipynb`), { signal, parameters });
        await mkdir(executed, { recursive: true });
        await storeFile(path.join(executed, `${name}.ipynb`), notebookText(notebook));
      };
      const { result, seconds } = await timed(work().catch(asFailure));
      output.write(
        `notebooks/${name}.ipynb: ${result ? "failed" : "executed"} after ${duration(seconds)}.\n`,
      );
      if (result) failures.push(result);
    }
  });
  return failures;
}

function asFailure(error: unknown): FailureError {
  if (error instanceof FailureError) return error;
  throw error;
}
