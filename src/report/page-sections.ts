import { profiles, standInNames } from "../paper/experiment.ts";
import type { StoredRecord } from "../paper/records.ts";
import { experiments } from "../paper/rows/experiments.ts";
import { type PaperTable, type TableName, tableNames } from "../paper/table.ts";
import { tableOfRows } from "../paper/table-of-rows.ts";
import { findTable } from "../paper/tables.ts";
import { renderTable } from "./render-table.ts";
import type { TableModel } from "./table-model.ts";

/** One table of the page under its heading. */
export interface PageSection {
  /** Also the anchor; unique on the page. */
  readonly id: string;
  readonly heading: string;
  readonly model: TableModel;
  /** Whether head, medium, tail and all are its columns, so that they can be drawn. */
  readonly byGroup: boolean;
}

const headingOf = (name: TableName) => `Table ${name.slice("table-".length)}`;

export const hasNumbers = ({ rows }: TableModel): boolean =>
  rows.some(({ cells }) => cells.some(({ shipped, yours }) => shipped !== null || yours !== null));

const settings = [...profiles]
  .reverse()
  .flatMap((profile) => [{ profile }, ...standInNames.map((standIn) => ({ profile, standIn }))]);

/** The table under every profile and stand-in that has records. */
function measured(table: PaperTable, records: readonly StoredRecord[]): TableModel[] {
  return settings.map((options) => renderTable(table, records, options)).filter(hasNumbers);
}

function sectionOf(heading: string, model: TableModel): PageSection {
  const { profile, standIn } = model.options;
  const setting = [`profile ${profile}`, ...(standIn === null ? [] : [`on ${standIn}`])].join(", ");
  return {
    id: [model.name, profile, standIn ?? ""].join("-").replaceAll("/", "-").replace(/-$/, ""),
    heading: hasNumbers(model) ? `${heading} · ${setting}` : heading,
    model,
    byGroup: model.columns.some(({ metric }) => metric === "head"),
  };
}

/** Table 1 gives accuracy over all classes only: for each of its data sets and ratios with records, the groups. */
function groupSections(records: readonly StoredRecord[]): PageSection[] {
  const rowIds = experiments().flatMap(({ id }) => (id.startsWith("table-1/") ? [id] : []));
  const settingsOfTable1 = [...new Set(rowIds.map((id) => id.slice(0, id.lastIndexOf("/"))))];
  return settingsOfTable1.flatMap((name) => {
    const [, dataset = "", ratio] = name.split("/");
    const title = `Accuracy by group on ${dataset.toUpperCase()}-LT at imbalance ratio ${ratio}`;
    const table = tableOfRows(
      name,
      title,
      rowIds.filter((id) => id.startsWith(`${name}/`)),
    );
    return measured(table, records).map((model) =>
      sectionOf(`Table 1 by group, ${dataset.toUpperCase()}-LT ${ratio}`, model),
    );
  });
}

const runIdsOf = ({ model }: PageSection): string[] =>
  model.rows.flatMap(({ cells }) =>
    cells.flatMap(({ shipped, yours }) =>
      [...(shipped?.runs ?? []), ...(yours?.runs ?? [])].map(({ runId }) => runId),
    ),
  );

/**
 * Every table of the paper, once for each profile and stand-in with records, then those without any.
 *
 * Rows of Tables 1 and 5 share runs; what Table 5 shows by group is not shown again on the way to it.
 */
export function pageSections(records: readonly StoredRecord[]): PageSection[] {
  const sectionsOf = (name: TableName) =>
    measured(findTable(name), records).map((model) => sectionOf(headingOf(name), model));
  const table5 = sectionsOf("table-5");
  const shown = new Set(table5.flatMap(runIdsOf));
  const isNew = (section: PageSection) =>
    (section.model.name === "table-1" && section.model.options.standIn === null) ||
    runIdsOf(section).some((runId) => !shown.has(runId));
  const table1 = [...sectionsOf("table-1"), ...groupSections(records)].filter(isNew);
  const filled = [...table1, ...table5];
  const empty = tableNames
    .filter((name) => filled.every(({ model }) => model.name !== name))
    .map((name) => sectionOf(headingOf(name), renderTable(findTable(name), records, { profile: "paper" })));
  return [...filled, ...empty];
}
