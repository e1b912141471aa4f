import { findExperiment } from "./rows/experiments.ts";
import { type Metric, metricLabels, metrics, type PaperTable, tableNames } from "./table.ts";
import { findTable } from "./tables.ts";

/** What the paper prints for a row, or `null`. */
function publishedOf(rowId: string, metric: Metric): number | null {
  for (const { columns, methods } of tableNames.map(findTable)) {
    for (const { cells } of methods) {
      const i = cells.findIndex((cell, at) => cell.rowId === rowId && columns[at]?.metric === metric);
      if (i >= 0) return cells[i]?.published ?? null;
    }
  }
  return null;
}

/**
 * A table by group of chosen rows, which the paper may give only over all classes.
 *
 * @param name - what to call it, such as `table-1/cifar10/100`.
 * @param title - its caption.
 * @param rowIds - rows on one data set, none on a stand-in.
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
    methods: rows.map(({ id, label }) => {
      const cells = metrics.map((metric) => ({
        published: publishedOf(id, metric),
        gain: null,
        rowId: id,
      }));
      const source = cells.some(({ published }) => published !== null) ? "re-run" : "added";
      return { key: id, name: label, year: null, source, models: "single", cells };
    }),
  };
}
