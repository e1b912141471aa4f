/** A cell whose module later cells may need. */
export interface KeptCell {
  readonly cell: string;
  readonly file: string;
  /** The cells whose names it uses: its types may be made of theirs. */
  readonly uses: readonly string[];
}

/** The cells that are in memory. One that no live name leads to, not even through other cells, is let go. */
export class KeptCells {
  readonly #cells = new Map<string, KeptCell>();

  add(cell: KeptCell): void {
    this.#cells.set(cell.cell, cell);
  }

  /**
   * Lets go of cells.
   *
   * @param roots - cells that are needed, with all that these use.
   * @returns their files.
   */
  release(roots: readonly string[]): string[] {
    const needed = new Set<string>();
    const visit = (name: string): void => {
      if (needed.has(name)) return;
      needed.add(name);
      this.#cells.get(name)?.uses.forEach(visit);
    };
    roots.forEach(visit);
    const free = [...this.#cells.values()].filter(({ cell }) => !needed.has(cell));
    for (const { cell } of free) this.#cells.delete(cell);
    return free.map(({ file }) => file);
  }
}
