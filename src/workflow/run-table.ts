import type { Profile } from "../experiments/experiment.ts";
import { settingOf } from "../experiments/rows/stand-in.ts";
import type { PaperTable } from "../experiments/tables/table.ts";
import { renderTable } from "../report/tables/render-table.ts";
import type { TableModel } from "../report/tables/table-model.ts";
import { readRecords, type StoredRecord } from "../runs/records.ts";
import { paths } from "./paths.ts";
import { type RowsOptions, runRows } from "./run-rows.ts";
import { fullest, type Setting, tableNamed } from "./table-setting.ts";

/** A profile, or `fullest`: what was measured already, under the profile that comes nearest to the paper's. */
export type ProfileChoice = Profile | "fullest";

/** A table with numbers, and what they were read from. */
export interface ShownTable {
  readonly table: PaperTable;
  readonly records: readonly StoredRecord[];
  /** Profile, and stand-in where there is one, that the table shows. */
  readonly setting: Setting;
  readonly model: TableModel;
  /** The split that its numbers were measured on. */
  readonly data: { readonly classCounts: readonly number[]; readonly title: string };
}

/**
 * A table with its numbers: read from records, and trained first where the profile has none.
 *
 * @param names - one table, or several of which the one with the fullest records is taken: `table-5`, `figure-5/cifar10`,
 *   `table-1/cifar10/100`.
 * @param profile - `fullest` trains nothing where any record is there, and else is `demo`; any other trains the first table's rows
 *   that have no record under it, as `runRows` does.
 * @param seeds - of what is trained; `fullest` shows every seed.
 * @param options - folders, and a signal.
 * @throws {UsageError} if a name stands for no table.
 * @throws as `runRows` does.
 * @example const { model } = await runTable("table-5", "fullest");
 */
export async function runTable(
  names: string | readonly string[],
  profile: ProfileChoice,
  seeds: readonly number[] = [0],
  options: RowsOptions = {},
): Promise<ShownTable> {
  const [first, ...others] = [names].flat();
  const table = tableNamed(first ?? "");
  if (profile === "fullest") {
    const { results, runs, data } = { ...paths, ...options };
    const records = await readRecords({ shipped: results, yours: runs, data });
    const found = fullest([table, ...others.map(tableNamed)], records);
    if (found) return shownTable(found.table, records, found.setting);
  }
  const trained = profile === "fullest" ? "demo" : profile;
  const records = await runRows(rowIdsOf(table), trained, seeds, options);
  return shownTable(table, records, settingOf(trained));
}

function shownTable(table: PaperTable, records: readonly StoredRecord[], setting: Setting): ShownTable {
  const model = renderTable(table, records, setting);
  return { table, records, setting, model, data: dataOf(model, records) };
}

function dataOf({ rows }: TableModel, records: readonly StoredRecord[]): ShownTable["data"] {
  const shown = rows.flatMap(({ cells }) => cells.flatMap(({ yours, shipped }) => yours ?? shipped ?? []));
  const runId = shown[0]?.runs[0]?.runId;
  const record = records.find((stored) => stored.record.runId === runId)?.record;
  if (record === undefined) throw new Error("internal: a table without a record");
  const { configuration, data, profile } = record;
  const { dataset, imbalanceRatio } = configuration;
  return {
    classCounts: data.classCounts,
    title: `${dataset} at ratio ${imbalanceRatio} (${data.origin} images), profile ${profile}`,
  };
}

const rowIdsOf = ({ methods }: PaperTable): string[] =>
  methods.flatMap(({ cells }) => cells.flatMap(({ rowId }) => rowId ?? []));
