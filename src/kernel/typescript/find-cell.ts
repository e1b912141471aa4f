import { UsageError } from "../../errors.ts";
import { currentCell } from "../current-cell.ts";
import type { CellContext } from "../language-engine.ts";

/**
 * Finds the cell that began the work which runs just now.
 *
 * @param lastCell - for work of which nobody knows which cell began it.
 */
export const cellFinder = (lastCell: () => CellContext | undefined) => (): CellContext => {
  const cell = currentCell.getStore() ?? lastCell();
  if (cell) return cell;
  const rule = "only work that a cell began can show something or ask";
  throw new UsageError({ rule, got: "a call before the first cell", remedy: "call it in a cell" });
};
