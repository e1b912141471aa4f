/** A small table of the findings as text, for Markdown pages and the report. */
export interface FindingsPart {
  readonly heads: readonly string[];
  /** One text per head. */
  readonly rows: readonly (readonly string[])[];
}

export const partOf = (heads: readonly string[], rows: readonly (readonly string[])[]): FindingsPart => ({
  heads,
  rows,
});
