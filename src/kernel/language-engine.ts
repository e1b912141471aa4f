import type { MimeBundle } from "../notebook/mime-bundle.ts";

/** What a cell may do with the outside world while it runs, and after it: work that goes on prints into the cell that began it. */
export interface CellContext {
  /** Counts executed cells from 1; the `3` in `In[3]`. */
  readonly executionCount: number;
  /** Shows something below the cell; with an id it can be shown anew in place by `updateDisplay`. */
  display(bundle: MimeBundle, displayId?: string): void;
  /** Replaces everything that was shown under an id. */
  updateDisplay(bundle: MimeBundle, displayId: string): void;
  /** Removes the cell's output; `wait` only when the next output comes. */
  clearOutput(wait: boolean): void;
  /** Asks the user for a line of text; rejects where the front end does not allow it. */
  readLine(question: string, isPassword: boolean): Promise<string>;
  /** Aborted when the user stops the cell. */
  readonly signal: AbortSignal;
}

/** Why a cell ended early, as Jupyter shows it. */
export interface CellError {
  /** Such as `TypeError`, or `Type error` and `Syntax error` for what the compiler found before anything ran. */
  readonly name: string;
  readonly message: string;
  /** Lines for people, places as `In[3]:2:7`, without frames of the kernel. */
  readonly traceback: readonly string[];
}

/** What became of a cell. */
export type CellResult =
  | { readonly status: "ok"; readonly value: MimeBundle | null }
  | { readonly status: "error"; readonly error: CellError }
  /** The user stopped it. */
  | { readonly status: "interrupted" };

/** Offsets count UTF-16 code units of the code that was given. */
export interface Completions {
  readonly names: readonly string[];
  /** The part of the code that a name replaces. */
  readonly start: number;
  readonly end: number;
  /** One a name where known, such as `function` or `const`. */
  readonly kinds: readonly (string | undefined)[];
}

/** Whether code can be run as it is. */
export type Completeness =
  | { readonly status: "complete" | "invalid" | "unknown" }
  /** `indent` begins the next line. */
  | { readonly status: "incomplete"; readonly indent: string };

/** A language behind the protocol: runs cells that see what earlier cells declared. */
export interface LanguageEngine {
  /** Name and version, such as `typescript` and `6.0.3`. */
  readonly name: string;
  readonly version: string;
  /** Runs a cell, with its context as `currentCell`; never rejects for what the user's code does. */
  execute(code: string, context: CellContext): Promise<CellResult>;
  /** @param offset - of the cursor in `code`. */
  complete(code: string, offset: number): Promise<Completions>;
  /** What is known of the name at the cursor; null if nothing. */
  inspect(code: string, offset: number): Promise<MimeBundle | null>;
  isComplete(code: string): Promise<Completeness>;
  /** Ends everything that it has begun. */
  dispose(): Promise<void>;
}
