import { UsageError } from "../errors.ts";
import { type Experiment, profiles, standInNames } from "../experiments/experiment.ts";
import { nearest } from "../experiments/nearest.ts";
import { experiments, findExperiment } from "../experiments/rows/experiments.ts";
import { settingOf } from "../experiments/rows/stand-in.ts";
import { figure5 } from "../experiments/tables/figure-5.ts";
import { tablesOnCifar10 } from "../experiments/tables/on-cifar10.ts";
import { type PaperTable, tableNames } from "../experiments/tables/table.ts";
import { tableOfRows } from "../experiments/tables/table-of-rows.ts";
import { findTable, tableOnStandIn } from "../experiments/tables/tables.ts";
import type { TableOptions } from "../report/tables/table-model.ts";
import { recordsOf, type StoredRecord } from "../runs/records.ts";

/** Which records a table shows. */
export type Setting = Pick<TableOptions, "profile" | "standIn">;

const splitOf = ({ dataset, imbalanceRatio }: Experiment) => `${dataset}/${imbalanceRatio}`;

/** Those that have a name and no number of their own in the paper. */
const otherTables: readonly PaperTable[] = [figure5, ...tablesOnCifar10];

/** The fullest first: what comes nearest to the paper's. */
export const settings: readonly Setting[] = [...profiles]
  .reverse()
  .flatMap((profile) => [{ profile }, ...standInNames.map((standIn) => ({ profile, standIn }))]);

/**
 * A table of the paper, Figure 5 in numbers, either on CIFAR-10-LT, or a table by group of the rows that begin alike.
 *
 * @param name - such as `table-1`, `figure-5`, `table-5/cifar10`, `table-1/cifar10/100`, `frozen/cifar10/100`.
 * @returns its lines and columns, without numbers of ours: `renderTable` puts them in.
 * @throws {UsageError} if a name stands for neither; the names that begin with it, or else the nearest, are in the message.
 * @example tableNamed("table-1/cifar10/100").columns.map(({ label }) => label); // → ["Head", "Med", "Tail", "All"]
 */
export function tableNamed(name: string): PaperTable {
  if (tableNames.some((known) => known === name)) return findTable(name);
  const other = otherTables.find((table) => table.name === name);
  if (other) return other;
  const rows = experiments().filter(({ id }) => id.startsWith(`${name}/`));
  const [first] = rows;
  if (first && rows.every((row) => splitOf(row) === splitOf(first))) {
    return tableOfRows(
      name,
      `Accuracy by group on ${first.dataset.toUpperCase()}-LT at imbalance ratio ${first.imbalanceRatio}`,
      rows.map(({ id }) => id),
    );
  }
  const valid = [
    ...tableNames,
    ...otherTables.map((table) => table.name),
    ...new Set(experiments().flatMap(({ id }) => /^([\w-]+\/\w+\/\d+)\//.exec(id)?.[1] ?? [])),
  ];
  const longer = valid.filter((one) => one.startsWith(`${name}/`));
  throw new UsageError({
    rule: "NAME must be a table, or the beginning of rows on one data set at one imbalance ratio",
    got: `"${name}"`,
    remedy: `did you mean ${(longer.length > 0 ? longer : nearest(name, valid))
      .map((one) => `"${one}"`)
      .join(", ")}?`,
  });
}

/**
 * Which profile and data set a table shows: those asked for, of these the fullest that has records.
 *
 * @returns the setting, and flags that show the table's other records.
 */
export function chooseSetting(
  table: PaperTable,
  records: readonly StoredRecord[],
  asked: Partial<Setting>,
): { readonly setting: Setting; readonly others: readonly string[] } {
  const measured = settings.filter((setting) => isMeasured(table, records, setting));
  const fits = (setting: Setting) =>
    Object.entries(asked).every(([key, value]) => setting[key as keyof Setting] === value);
  const setting = measured.find(fits) ?? { ...settingOf(asked.profile ?? "demo"), ...asked };
  const others = measured.filter((one) => one !== setting);
  return { setting, others: Object.keys(asked).length > 0 ? [] : others.map(flagsOf) };
}

/** The same lines on CIFAR-10-LT, where only those have records: what a table of nothing but dashes points to. */
export function onlyOnCifar10({ name }: PaperTable, records: readonly StoredRecord[]): string | undefined {
  const isThere = (table: PaperTable | undefined) =>
    table !== undefined && settings.some((setting) => isMeasured(table, records, setting));
  const other = tablesOnCifar10.find((table) => table.name === `${name}/cifar10`);
  return isThere(other) && !isThere(tableNamed(name)) ? other?.name : undefined;
}

/** Whether a row of a table has a record of ours, which then has a number over all classes. */
function isMeasured(
  table: PaperTable,
  records: readonly StoredRecord[],
  { profile, standIn }: Setting,
): boolean {
  const ofProfile = records.filter(({ record }) => record.profile === profile);
  if (ofProfile.length === 0) return false;
  const { methods } = standIn ? tableOnStandIn(table, standIn) : table;
  const rowIds = new Set(methods.flatMap(({ cells }) => cells.flatMap(({ rowId }) => rowId ?? [])));
  return [...rowIds].some((id) => recordsOf(ofProfile, findExperiment(id), profile).length > 0);
}

/**
 * Of several tables the one with the fullest records, the first among equals, and which of them it shows.
 *
 * @returns undefined where none has a record.
 */
export function fullest(
  tables: readonly PaperTable[],
  records: readonly StoredRecord[],
): { readonly table: PaperTable; readonly setting: Setting } | undefined {
  for (const setting of settings) {
    const table = tables.find((one) => isMeasured(one, records, setting));
    if (table) return { table, setting };
  }
  return undefined;
}

/** The flags that show records of a setting. */
export const flagsOf = ({ profile, standIn }: Setting) =>
  `--profile ${profile}${standIn === undefined ? "" : ` --on ${standIn}`}`;
