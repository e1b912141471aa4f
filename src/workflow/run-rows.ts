import { Interrupted } from "../errors.ts";
import type { Profile } from "../experiments/experiment.ts";
import { cellInterruption } from "../notebook/cell-interruption.ts";
import { readRecords, type StoredRecord } from "../runs/records.ts";
import { outdatedLine, outdatedRuns } from "./outdated-runs.ts";
import { paths } from "./paths.ts";
import { interruptible } from "./progress/interruption.ts";
import { notebookScreen } from "./progress/notebook-screen.ts";
import { showRuns } from "./progress/show-runs.ts";
import { readyDatasets } from "./ready-datasets.ts";
import { rowsNamed } from "./rows-named.ts";
import { trainRows } from "./train-rows.ts";
import { plannedRuns } from "./training-order.ts";

/** Where rows find and leave what they need, and how they are stopped. */
export interface RowsOptions {
  /** Folders of data sets, of your runs and of shipped records; the kit's own unless given. */
  readonly data?: string;
  readonly runs?: string;
  readonly results?: string;
  /** Stops training after the running batch. @default that of the notebook's cell, else Ctrl-C */
  readonly signal?: AbortSignal;
}

/**
 * Trains those rows that have no record yet and reads the records: `h2t run` for notebooks and scripts.
 *
 * In a notebook progress and a chart of loss and accuracy are shown in place. Stopped, it goes on from the last finished epoch
 * when it is called again, and ends as if it had not been stopped.
 *
 * @param names - one or several: a row, or the beginning of several, `table-5`, `table-1/cifar10/100`; with `@` and a stand-in
 *   where wanted.
 * @param profile - how long they train; `demo` puts a row on its stand-in unless the name says another.
 * @param seeds - one run each.
 * @param options - folders, and a signal.
 * @returns the records of these seeds, of the named rows and of all others, as `renderTable` takes them.
 * @throws {UsageError} if a name stands for no row.
 * @throws {FailureError} if a data set is absent; the command that makes it ready is in the message.
 * @throws {Interrupted} if it was stopped; the message says where.
 * @example const records = await runRows("table-5", "demo");
 */
export async function runRows(
  names: string | readonly string[],
  profile: Profile,
  seeds: readonly number[] = [0],
  { signal = cellInterruption(), ...given }: RowsOptions = {},
): Promise<StoredRecord[]> {
  const folders = { ...paths, ...given };
  const order = {
    ...{ runs: plannedRuns(rowsNamed([names].flat(), profile), seeds), profile, fresh: false },
    ...{ dataDir: folders.data, download: false, folders },
  };
  const screen = notebookScreen();
  const runs = showRuns(profile, screen);
  // In this process: nobody expects a notebook to start others.
  const train = async (stop: AbortSignal) => {
    try {
      const datasetOf = await readyDatasets(order, screen.output, stop);
      await trainRows(order, { datasetOf, tell: runs.tell, signal: stop });
      const outdated = await outdatedRuns(order, datasetOf);
      if (outdated.length > 0) screen.output.writeError(outdatedLine(outdated, profile));
    } catch (error) {
      throw stop.aborted && error === stop.reason ? stopped(runs.place()) : error;
    } finally {
      runs.end();
    }
  };
  await (signal === undefined ? interruptible(screen.output, train) : train(signal));
  const records = await readRecords({
    shipped: folders.results,
    yours: folders.runs,
    data: folders.data,
  });
  return records.filter(({ record }) => seeds.includes(record.seed));
}

const stopped = (place: string) =>
  new Interrupted({
    code: "TRAINING_INTERRUPTED",
    problem: `stopped ${place}`,
    fix: "run the cell again to resume from there",
  });
