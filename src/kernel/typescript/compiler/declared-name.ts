/** What a name of a cell stands for. */
export type NameKind =
  | "constant"
  | "variable"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "type"
  | "import";

/** Where an imported name comes from. */
export interface ImportSource {
  readonly specifier: string;
  /** The name there, as written; `*` for all of the module. */
  readonly imported: string;
}

/** A name that a cell declares for itself and the cells after it. */
export interface DeclaredName {
  readonly name: string;
  readonly kind: NameKind;
  /** Whether nothing of it exists when code runs. */
  readonly isType: boolean;
  /** Of an import. */
  readonly source?: ImportSource;
  /** Whether the cell itself exports it, which needs no help then. */
  readonly isExported: boolean;
}

/** A name that later cells see. */
export interface LiveName extends DeclaredName {
  /** Such as `In[3]`. */
  readonly cell: string;
}
