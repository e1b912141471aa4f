import type { CellError } from "../../language-engine.ts";
import type { Edit } from "./cell-reading.ts";

/** JavaScript of a cell, and what is needed to run it and to find places of it in the user's code. */
export interface CompiledCell {
  /** Such as `In[3]`; no two cells have the same. */
  readonly cell: string;
  /** Such as `In[3]`; the same again for a cell that was not counted. */
  readonly title: string;
  /** The body of an async function. */
  readonly script: string;
  /** From `script` to the code with `edits`, below one line of imports. */
  readonly sourceMap: string;
  readonly code: string;
  readonly edits: readonly Edit[];
  /** Modules to load before it runs, in this order. */
  readonly modules: readonly string[];
  /** Names whose values it exports. */
  readonly values: readonly string[];
  /** All names that it declares. */
  readonly names: readonly string[];
}

/** A cell that can run, or what the compiler found wrong with it. */
export type Compilation = { readonly cell: CompiledCell } | { readonly error: CellError };
