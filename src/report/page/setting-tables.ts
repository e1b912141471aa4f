import type { DatasetName, StandInName } from "../../experiments/experiment.ts";
import { experiments } from "../../experiments/rows/experiments.ts";
import { tablesOnCifar10 } from "../../experiments/tables/on-cifar10.ts";
import type { PaperTable } from "../../experiments/tables/table.ts";
import { tableOfRows } from "../../experiments/tables/table-of-rows.ts";
import { findTable } from "../../experiments/tables/tables.ts";
import { renderTable } from "../tables/render-table.ts";
import type { RowModel, TableModel, TableOptions } from "../tables/table-model.ts";
import { isOfPaper, longTailedTitle, type PageSetting } from "./page-settings.ts";
import { studies } from "./studies.ts";

/** A table of a section. */
export interface PageTable {
  /** Also the anchor; unique on the page. */
  readonly id: string;
  /** Unique on the page. */
  readonly heading: string;
  readonly model: TableModel;
  /** Whether it opens on request only. */
  readonly folded: boolean;
}

const isMeasured = ({ cells }: RowModel) =>
  cells.some(({ shipped, yours }) => shipped !== null || yours !== null);

export const hasNumbers = ({ rows }: TableModel): boolean => rows.some(isMeasured);

/** The columns of one data set, without the heading that the section's title repeats. */
function onDataset(table: PaperTable, dataset: DatasetName): PaperTable {
  const keep = table.columns.map((column) => column.dataset === dataset);
  return {
    ...table,
    columns: table.columns.flatMap((column, i) =>
      keep[i]
        ? [{ ...column, group: null, label: column.group === null ? column.label : `ratio ${column.label}` }]
        : [],
    ),
    methods: table.methods.map((method) => ({ ...method, cells: method.cells.filter((_, i) => keep[i]) })),
  };
}

/** The table with the rows worth their line: the kit's own only with a number, or all only so where `onlyMeasured`. */
function trimmed(
  table: PaperTable,
  { records, profile, dataset }: PageSetting,
  onlyMeasured: boolean,
): TableModel {
  const options: TableOptions = isOfPaper(dataset)
    ? { profile }
    : { profile, standIn: dataset satisfies StandInName };
  const { rows } = renderTable(table, records, options);
  const isKept = (row: RowModel | undefined) =>
    row !== undefined && (isMeasured(row) || (!onlyMeasured && row.source !== "added"));
  // Rendered again, since the notes below a table are about its rows.
  const methods = table.methods.filter((_, i) => isKept(rows[i]));
  return renderTable({ ...table, methods }, records, options);
}

const anchorOf = (name: string, { profile, dataset }: PageSetting) =>
  [name, profile, ...(isOfPaper(dataset) ? [] : [dataset])].join("-").replaceAll("/", "-");

/** A table of the section; none where nothing of it was measured. */
function tableIn(
  setting: PageSetting,
  table: PaperTable,
  named: { readonly name?: string; readonly heading: string; readonly folded?: boolean },
  onlyMeasured = false,
): PageTable[] {
  const model = trimmed(table, setting, onlyMeasured);
  if (!hasNumbers(model)) return [];
  const { name = table.name, heading, folded = false } = named;
  const where = heading.includes(longTailedTitle(setting.dataset))
    ? `profile ${setting.profile}`
    : setting.title;
  return [{ id: anchorOf(name, setting), heading: `${heading}: ${where}`, model, folded }];
}

const runIdsOf = ({ rows }: TableModel): string[] =>
  rows.flatMap(({ cells }) =>
    cells.flatMap(({ shipped, yours }) =>
      [...(shipped?.runs ?? []), ...(yours?.runs ?? [])].map(({ runId }) => runId),
    ),
  );

/** Table 1's rows by group at each ratio, opened on request: Table 1 has accuracy over all classes only. */
function byGroup(setting: PageSetting): PageTable[] {
  const ids = experiments().flatMap(({ id, dataset }) =>
    id.startsWith("table-1/") && dataset === setting.dataset ? [id] : [],
  );
  const beginnings = [...new Set(ids.map((id) => id.slice(0, id.lastIndexOf("/"))))];
  return beginnings.flatMap((name) => {
    const ratio = name.split("/")[2];
    const title = `Accuracy by group on ${longTailedTitle(setting.dataset)} at imbalance ratio ${ratio}`;
    const table = tableOfRows(
      name,
      title,
      ids.filter((id) => id.startsWith(`${name}/`)),
    );
    return tableIn(setting, table, { heading: `Table 1 by group at ratio ${ratio}`, folded: true }, true);
  });
}

/** Table 5, or its rows on CIFAR-10-LT once there are two to compare. */
function table5Of(setting: PageSetting): PageTable[] {
  const { dataset } = setting;
  const table = dataset === "cifar100" ? findTable("table-5") : tablesOnCifar10[0];
  if (table === undefined) return [];
  const found = tableIn(setting, table, { heading: titleOfTable5(dataset) });
  return found.filter(({ model }) => dataset === "cifar100" || model.rows.filter(isMeasured).length > 1);
}

/** The kit's studies, each only if it shows a run that no table before it shows. */
function studiesOf(setting: PageSetting, before: readonly PageTable[]): PageTable[] {
  const shown = new Set(before.flatMap(({ model }) => runIdsOf(model)));
  return studies
    .filter(({ dataset }) => dataset === setting.dataset)
    .flatMap(({ heading, table }) => tableIn(setting, table, { heading, folded: true }, true))
    .filter(({ model }) => {
      const runIds = runIdsOf(model);
      const isNew = runIds.some((runId) => !shown.has(runId));
      for (const runId of runIds) shown.add(runId);
      return isNew;
    });
}

/** Tables of the paper's own data sets, by group where the paper has no groups, then the kit's studies. */
function onPaperData(setting: PageSetting): PageTable[] {
  const { dataset } = setting;
  const table1 = onDataset(findTable("table-1"), dataset);
  const own = [
    ...tableIn(setting, table1, { name: `table-1-${dataset}`, heading: "Table 1" }),
    ...table5Of(setting),
    ...byGroup(setting),
  ];
  return [...own, ...studiesOf(setting, own)];
}

const titleOfTable5 = (dataset: DatasetName) =>
  dataset === "cifar100" ? "Table 5" : `Table 5's rows on ${longTailedTitle(dataset)}`;

/** Table 5 and Table 1 on a stand-in; what Table 5 shows is not shown again. */
function onStandIn(setting: PageSetting): PageTable[] {
  const table5 = tableIn(setting, findTable("table-5"), { heading: "Table 5" });
  const shown = new Set(table5.flatMap(({ model }) => runIdsOf(model)));
  const table1 = tableIn(setting, findTable("table-1"), { heading: "Table 1" });
  return [...table5, ...table1.filter(({ model }) => runIdsOf(model).some((runId) => !shown.has(runId)))];
}

/**
 * The tables of one data set and profile that have a number of ours.
 *
 * @param setting - as `pageSettings` makes it.
 */
export const settingTables = (setting: PageSetting): PageTable[] =>
  isOfPaper(setting.dataset) ? onPaperData(setting) : onStandIn(setting);
