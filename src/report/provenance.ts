import { formatPercent } from "./percent.ts";
import { spreadText } from "./tables/spread.ts";
import type { Source } from "./tables/table-layout.ts";
import type { CellModel, RowModel } from "./tables/table-model.ts";

const published = {
  quoted: "Quoted by the paper from the method's own publication.",
  "re-run": "Re-run by the paper's authors.",
  added: "Not in the paper.",
} as const;

export const origins = {
  official: "the official images",
  "re-encoded": "re-encoded images",
  generated: "generated images",
} as const;

/** Where the number in a cell comes from, or the command that would fill it. */
export function provenanceOf(cell: CellModel, row: RowModel, source: Source): string {
  if (source === "paper") return cell.published === null ? "Not in the paper." : published[row.source];
  const measured = cell[source];
  if (measured === null) {
    if (cell.rowId === null)
      return row.quotedOnly ? `Not run: ${row.quotedOnly}.` : "The kit cannot run this cell yet.";
    return source === "yours" && cell.command
      ? `No run yet: ${cell.command}`
      : "No record ships with the kit.";
  }
  const runs = measured.runs.map(
    ({ runId, seed, percent, epoch }) =>
      `seed ${seed}: ${formatPercent(percent)} at epoch ${epoch}, run ${runId}`,
  );
  const { gain } = measured;
  const pairs = gain === null || cell.base === null ? [] : [`${gain.pairs} paired with ${cell.base.rowId}`];
  const inferred = cell.inferred === null ? [] : [`inferred: ${cell.inferred}`];
  return [
    `${cell.rowId} on ${origins[measured.origin]}`,
    ...runs,
    spreadText(measured),
    ...pairs,
    ...inferred,
  ].join("; ");
}
