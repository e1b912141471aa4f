import { findExperiment } from "../rows/experiments.ts";
import { metricLabels, metrics, type PaperTable, type TableMethod, tableNames, tableParts } from "./table.ts";
import { findTable } from "./tables.ts";

/** The line of the paper's tables that a row stands in, and what is printed there by metric. */
function placeOf(rowId: string): Pick<TableMethod, "source" | "part" | "cells"> {
  const table = tableNames
    .map(findTable)
    .find(({ methods }) => methods.some((method) => hasRow(method, rowId)));
  const method = table?.methods.find((one) => hasRow(one, rowId));
  const cells = metrics.map((metric) => {
    const i = method?.cells.findIndex(
      (cell, at) => cell.rowId === rowId && table?.columns[at]?.metric === metric,
    );
    return method?.cells[i ?? -1] ?? { published: null, gain: null, over: null, rowId };
  });
  return { source: method?.source ?? "added", part: method?.part ?? "added", cells };
}

const hasRow = ({ cells }: TableMethod, rowId: string) => cells.some((cell) => cell.rowId === rowId);

/**
 * A table by group of chosen rows, which the paper may give only over all classes.
 *
 * @param name - what to call it, such as `table-1/cifar10/100`.
 * @param title - its caption.
 * @param rowIds - rows on one data set, none on a stand-in; shown part by part.
 * @throws {UsageError} if there is no such row.
 * @example tableOfRows("mine", "CE and DR", ["table-5/ce", "table-5/dr"]).columns.length; // → 4
 */
export function tableOfRows(name: string, title: string, rowIds: readonly string[]): PaperTable {
  const rows = rowIds.map(findExperiment);
  const dataset = rows[0]?.dataset ?? null;
  return {
    name,
    title,
    columns: metrics.map((metric) => ({ label: metricLabels[metric], group: null, dataset, metric })),
    methods: rows
      .map(({ id, label }) => ({
        ...{ key: id, name: label, year: null, quotedOnly: null },
        ...placeOf(id),
      }))
      .sort((a, b) => tableParts.indexOf(a.part) - tableParts.indexOf(b.part)),
  };
}
