import { differingPacks } from "./choose-packs.ts";
import { type CellModel, keepers, type Measured, type TableModel } from "./table-model.ts";

/**
 * Which number of ours a figure shows for a cell: the reader's own, else the shipped one.
 *
 * Where the two columns were measured on different packs, one column is shown throughout: the reader's own if it has any number.
 */
export function shownMeasured({ rows, packs }: TableModel): (cell: CellModel) => Measured | null {
  if (differingPacks(packs).length === 0) return ({ yours, shipped }) => yours ?? shipped;
  const [only = "shipped"] = [...keepers]
    .reverse()
    .filter((keeper) => rows.some(({ cells }) => cells.some((cell) => cell[keeper] !== null)));
  return (cell) => cell[only];
}
