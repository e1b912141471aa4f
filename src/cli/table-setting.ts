import { UsageError } from "../errors.ts";
import { profiles, standInNames } from "../paper/experiment.ts";
import { figure5 } from "../paper/figure-5.ts";
import { nearest } from "../paper/nearest.ts";
import type { StoredRecord } from "../paper/records.ts";
import { experiments } from "../paper/rows/experiments.ts";
import { settingOf } from "../paper/rows/stand-in.ts";
import { type PaperTable, tableNames } from "../paper/table.ts";
import { tableOfRows } from "../paper/table-of-rows.ts";
import { findTable } from "../paper/tables.ts";
import { renderTable } from "../report/render-table.ts";
import type { TableOptions } from "../report/table-model.ts";

type Setting = Pick<TableOptions, "profile" | "standIn">;

/** The fullest first: what comes nearest to the paper's. */
export const settings: readonly Setting[] = [...profiles]
  .reverse()
  .flatMap((profile) => [{ profile }, ...standInNames.map((standIn) => ({ profile, standIn }))]);

/**
 * A table of the paper, Figure 5 in numbers, or a table by group of the rows that begin alike.
 *
 * @throws {UsageError} if a name stands for neither; the nearest names are in the message.
 */
export function tableNamed(name: string): PaperTable {
  if (tableNames.some((known) => known === name)) return findTable(name);
  if (name === figure5.name) return figure5;
  const ids = experiments().map(({ id }) => id);
  const rows = ids.filter((id) => id.startsWith(`${name}/`));
  if (rows.length > 0) {
    const [, dataset = "", ratio] = name.split("/");
    if (ratio !== undefined) {
      return tableOfRows(
        name,
        `Accuracy by group on ${dataset.toUpperCase()}-LT at imbalance ratio ${ratio}`,
        rows,
      );
    }
  }
  const valid = [
    ...tableNames,
    figure5.name,
    ...new Set(ids.flatMap((id) => /^(table-1\/\w+\/\d+)\//.exec(id)?.[1] ?? [])),
  ];
  throw new UsageError({
    rule: "NAME must be a table, or the beginning of its rows down to the imbalance ratio",
    got: `"${name}"`,
    remedy: `did you mean ${nearest(name, valid)
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
  const isMeasured = (setting: Setting) =>
    renderTable(table, records, setting).rows.some(({ cells }) =>
      cells.some(({ shipped, yours }) => shipped !== null || yours !== null),
    );
  const measured = settings.filter(isMeasured);
  const fits = (setting: Setting) =>
    Object.entries(asked).every(([key, value]) => setting[key as keyof Setting] === value);
  const setting = measured.find(fits) ?? { ...settingOf(asked.profile ?? "demo"), ...asked };
  const others = measured.filter((one) => one !== setting);
  return { setting, others: Object.keys(asked).length > 0 ? [] : others.map(flagsOf) };
}

const flagsOf = ({ profile, standIn }: Setting) =>
  `--profile ${profile}${standIn === undefined ? "" : ` --on ${standIn}`}`;
