import type { CellValues } from "./cell-run.ts";
import type { CompiledCell } from "./compiler/compiled-cell.ts";

/** The values that later cells may use. A cell none of whose names is alive is let go, and with it what it held. */
export class LiveCells {
  readonly values = new Map<string, CellValues>();
  readonly #cellOf = new Map<string, string>();

  /**
   * Makes a cell's names the ones that later cells mean.
   *
   * @param isWhole - whether it came to its end; otherwise what has no value yet is not declared.
   * @returns names that were not declared.
   */
  keep(cell: CompiledCell, values: CellValues, isWhole: boolean): string[] {
    const missing = isWhole ? [] : cell.values.filter((name) => values[name] === undefined);
    for (const name of cell.names) {
      if (!missing.includes(name)) this.#cellOf.set(name, cell.cell);
    }
    this.values.set(cell.cell, values);
    const alive = new Set(this.#cellOf.values());
    for (const name of this.values.keys()) {
      if (!alive.has(name)) this.values.delete(name);
    }
    return missing;
  }
}
