/** What a run may be at, and what it then asks of the file system: a line of `<operation> <path>`. */
export const works = {
  "data packing": /^\w+ data\b/,
  /** What comes after is a batch, or an evaluation. */
  "an epoch": /\blog\.jsonl/,
  "a checkpoint write": /\bcheckpoint\.safetensors/,
  "a feature-bank write": /\bfeature-banks\b/,
  "a record write": /\b(record\.json|weights\.safetensors)/,
} as const satisfies Record<string, RegExp>;
export type Work = keyof typeof works;

/** A moment at which a process kills itself, counted in what it asks of the file system. */
export interface KillMoment {
  readonly work: Work;
  /** Which of the work's operations, from 0. */
  readonly operation: number;
  /** Instead of it, in the middle of what it writes, right after it, or some milliseconds later. */
  readonly when: "before" | "half" | "after" | { readonly milliseconds: number };
  /** @default "SIGKILL" */
  readonly signal?: "SIGKILL" | "SIGSTOP";
}

/** What a process that is watched is told, as JSON in the environment. */
export interface Watch {
  /** Operations on files below it count. */
  readonly folder: string;
  /** Where each operation is noted before it is done, one a line. */
  readonly list: string;
  readonly kill?: KillMoment;
}

/** The environment variable that holds a `Watch`. */
export const watchVariable = "H2T_SOAK_WATCH";
