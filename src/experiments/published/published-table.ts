/** A published accuracy in percent, as printed; `null` where the paper prints a dash. */
export type Printed = number | null;

/** One line of a published table; `percent` has one number a column. */
export interface PublishedMethod<Columns extends readonly string[]> {
  /** Last part of the row's id, such as `dr-h2t`. */
  readonly key: string;
  /** The method's name in the paper, without its marks. */
  readonly name: string;
  /** `null` where the paper prints a dash. */
  readonly year: number | null;
  /** `quoted`: copied from the method's own paper (⋆); `re-run`: measured by the H2T authors. */
  readonly source: "quoted" | "re-run";
  readonly percent: { readonly [Column in keyof Columns]: Printed };
  /** What the paper prints behind ↑, and the key of the method that it is said to improve on. */
  readonly gain?: {
    readonly over: string;
    readonly percent: { readonly [Column in keyof Columns]: Printed };
  };
}

/** A table of the paper as printed. */
export interface PublishedTable<Columns extends readonly string[]> {
  readonly title: string;
  readonly columns: Columns;
  /** One model a method, in the paper's order. */
  readonly single: readonly PublishedMethod<Columns>[];
  /** Several experts a method. */
  readonly multiExpert: readonly PublishedMethod<Columns>[];
}

/** Columns of the tables that give an accuracy by group. */
export const groupColumns = ["head", "medium", "tail", "all"] as const;
export type GroupColumns = typeof groupColumns;
