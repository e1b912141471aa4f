import { profiles, standInNames } from "../../paper/experiment.ts";
import type { StoredRecord } from "../../paper/records.ts";
import { experiments } from "../../paper/rows/experiments.ts";
import { frozenRows } from "../../paper/rows/frozen.ts";
import { protocolChoices, protocolRowId } from "../../paper/rows/protocol.ts";
import { type PaperTable, tableNames } from "../../paper/table.ts";
import { tableOfRows } from "../../paper/table-of-rows.ts";
import { findTable } from "../../paper/tables.ts";
import { renderTable } from "../render-table.ts";
import type { RowModel, TableModel, TableOptions } from "../table-model.ts";

/** A table under one profile, on one data set. */
export interface PageTable {
  /** Also the anchor; unique on the page. */
  readonly id: string;
  /** Under the section's heading, such as `profile short`; `null` where nothing is measured. */
  readonly heading: string | null;
  readonly model: TableModel;
  /** Whether it opens on request only. */
  readonly folded: boolean;
}

/** A table of the paper, or a study of the kit's own, with all that was measured of it. */
export interface PageSection {
  readonly id: string;
  readonly heading: string;
  readonly tables: readonly PageTable[];
}

/** The fullest first: what comes nearest to the paper's. */
const settings = [...profiles]
  .reverse()
  .flatMap((profile) => [{ profile }, ...standInNames.map((standIn) => ({ profile, standIn }))]);

const isMeasured = ({ cells }: RowModel) =>
  cells.some(({ shipped, yours }) => shipped !== null || yours !== null);

export const hasNumbers = ({ rows }: TableModel): boolean => rows.some(isMeasured);

/** The table with the rows worth their line: of the kit's own only those with a number, or of all where `onlyMeasured`. */
function trimmed(
  table: PaperTable,
  records: readonly StoredRecord[],
  options: TableOptions,
  onlyMeasured = false,
): TableModel {
  const { rows } = renderTable(table, records, options);
  const isKept = (row: RowModel | undefined) =>
    row !== undefined && (isMeasured(row) || (!onlyMeasured && row.source !== "added"));
  // Rendered anew, since what stands below a table speaks of its rows.
  return renderTable(
    { ...table, methods: table.methods.filter((_, i) => isKept(rows[i])) },
    records,
    options,
  );
}

/** The table under every profile and stand-in that has records of it. */
function measured(table: PaperTable, records: readonly StoredRecord[], onlyMeasured = false): TableModel[] {
  const has = new Set(
    records.map(({ record: { profile, configuration } }) => `${profile} ${configuration.dataset}`),
  );
  const datasets = new Set(table.columns.map(({ dataset }) => dataset));
  return settings
    .filter(({ profile, ...on }) =>
      ("standIn" in on ? [on.standIn] : [...datasets]).some((dataset) => has.has(`${profile} ${dataset}`)),
    )
    .map((options) => trimmed(table, records, options, onlyMeasured))
    .filter(hasNumbers);
}

const anchorOf = ({ name, options: { profile, standIn } }: TableModel) =>
  [name, profile, ...(standIn === null ? [] : [standIn])].join("-").replaceAll("/", "-");

const settingOf = ({ options: { profile, standIn } }: TableModel) =>
  [`Profile ${profile}`, ...(standIn === null ? [] : [`on ${standIn}`])].join(", ");

/** Table 1 gives accuracy over all classes only: for each of its data sets and ratios with records, the groups. */
function tablesByGroup(records: readonly StoredRecord[]): PageTable[] {
  const rowIds = experiments().flatMap(({ id }) => (id.startsWith("table-1/") ? [id] : []));
  const beginnings = [...new Set(rowIds.map((id) => id.slice(0, id.lastIndexOf("/"))))];
  return beginnings.flatMap((name) => {
    const [, dataset = "", ratio] = name.split("/");
    const where = `${dataset.toUpperCase()}-LT at imbalance ratio ${ratio}`;
    const ownIds = rowIds.filter((id) => id.startsWith(`${name}/`));
    const table = tableOfRows(name, `Accuracy by group on ${where}`, ownIds);
    return measured(table, records, true).map((model) => ({
      id: anchorOf(model),
      heading: `${settingOf(model)}, by group: ${where}`,
      model,
      folded: true,
    }));
  });
}

const runIdsOf = ({ rows }: TableModel): string[] =>
  rows.flatMap(({ cells }) =>
    cells.flatMap(({ shipped, yours }) =>
      [...(shipped?.runs ?? []), ...(yours?.runs ?? [])].map(({ runId }) => runId),
    ),
  );

function paperSections(records: readonly StoredRecord[]): PageSection[] {
  const filled = tableNames.map((name) =>
    measured(findTable(name), records).map((model) => ({
      id: anchorOf(model),
      heading: settingOf(model),
      model,
      folded: false,
    })),
  );
  const shown = new Set((filled.at(-1) ?? []).flatMap(({ model }) => runIdsOf(model)));
  // Rows of Tables 1 and 5 share runs; what Table 5 shows by group is not shown again on the way to it.
  const byGroup = tablesByGroup(records).filter(({ model }) => runIdsOf(model).some((id) => !shown.has(id)));
  const onTheWay = ({ model }: PageTable) =>
    model.options.standIn !== null && runIdsOf(model).every((id) => shown.has(id));
  return tableNames.map((name, i) => {
    const own = filled[i] ?? [];
    const tables = name === "table-1" ? [...own.filter((table) => !onTheWay(table)), ...byGroup] : own;
    const unmeasured = trimmed(findTable(name), records, { profile: "paper" });
    const none = { id: `${name}-none`, heading: null, model: unmeasured, folded: false };
    return {
      id: name,
      heading: `Table ${name.slice("table-".length)}`,
      tables: tables.length > 0 ? tables : [none],
    };
  });
}

/** A table of chosen rows, without in their names what its caption says of all. */
function studyOf(name: string, title: string, rowIds: readonly string[], said = ""): PaperTable {
  const table = tableOfRows(name, title, rowIds);
  return {
    ...table,
    methods: table.methods.map((method) => ({ ...method, name: method.name.replace(said, "") })),
  };
}

/** Rows of the kit's own that answer a question which the paper leaves open. */
const studies: readonly { readonly id: string; readonly heading: string; readonly table: PaperTable }[] = [
  {
    id: "frozen",
    heading: "H2T on a frozen backbone",
    table: studyOf(
      "frozen/cifar10/100",
      "Accuracy by fusion ratio p on CIFAR10-LT at imbalance ratio 100: the backbone as stage I left it (shift-BN off), four crops of each image, features in half precision",
      frozenRows.map(({ id }) => id),
      ", frozen backbone",
    ),
  },
  {
    id: "protocol",
    heading: "Choices that the paper leaves open",
    table: studyOf(
      "protocol/cifar10/100",
      "DR and DR+H2T at p = 0.3 under each way of normalising and of starting the classifier, CIFAR10-LT at imbalance ratio 100; docs/findings.md says more",
      protocolChoices.flatMap((choice) =>
        choice.h2t === null || (choice.h2t.pair === "bs-is" && choice.h2t.ratio === 0.3)
          ? [protocolRowId(choice)]
          : [],
      ),
    ),
  },
];

/**
 * Every table of the paper, once for each profile and stand-in with records, then the kit's own studies that show a run that no
 * table before them does.
 *
 * @param records - as `readRecords` returns them.
 */
export function pageSections(records: readonly StoredRecord[]): PageSection[] {
  const sections = paperSections(records);
  for (const { id, heading, table } of studies) {
    const shown = new Set(sections.flatMap(({ tables }) => tables.flatMap(({ model }) => runIdsOf(model))));
    const tables = measured(table, records, true)
      .filter((model) => runIdsOf(model).some((runId) => !shown.has(runId)))
      .map((model) => ({ id: anchorOf(model), heading: settingOf(model), model, folded: false }));
    if (tables.length > 0) sections.push({ id, heading, tables });
  }
  return sections;
}
