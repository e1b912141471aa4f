import type { Profile } from "../paper/experiment.ts";
import { readRecords, type StoredRecord } from "../paper/records.ts";
import { notebookOutput } from "./notebook-output.ts";
import { paths } from "./paths.ts";
import { rowsNamed } from "./rows-named.ts";
import { trainChains } from "./train-chains.ts";

/**
 * Trains those rows that have no record yet and reads the records: `h2t run` for notebooks and scripts.
 *
 * @param name - a row, or the beginning of several: `table-5`, `table-1/cifar10/100`; with `@` and a stand-in where wanted.
 * @param profile - how long they train; `demo` puts a row on its stand-in unless the name says another.
 * @param seeds - one run each.
 * @param folders - where data sets, your runs and shipped records lie; the kit's own unless given.
 * @returns the records of these seeds, of the named rows and of all others, as `renderTable` takes them.
 * @throws {UsageError} if a name stands for no row.
 * @throws {FailureError} if a data set is absent; the command that makes it ready is in the message.
 * @example const records = await runRows("table-5", "demo");
 */
export async function runRows(
  name: string,
  profile: Profile,
  seeds: readonly number[] = [0],
  folders: Pick<typeof paths, "data" | "runs" | "results"> = paths,
): Promise<StoredRecord[]> {
  const order = { rows: rowsNamed([name], profile), seeds, profile, fresh: false, download: false };
  // In this process: nobody expects a notebook to start others.
  await trainChains({ ...order, dataDir: folders.data, folders, jobs: 1 }, notebookOutput());
  const records = await readRecords({ shipped: folders.results, yours: folders.runs });
  return records.filter(({ record }) => seeds.includes(record.seed));
}
