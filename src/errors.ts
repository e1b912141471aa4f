import { inspect } from "node:util";

/** What went wrong and how to fix it, with a name that never changes. */
export interface Problem {
  /** Stable name for programs and tests, such as `ARCHIVE_DAMAGED`; the wording may change, the code may not. */
  readonly code: string;
  /** What is wrong, as a clause without a full stop; for a value: "expected p in [0, 1], got 1.5". */
  readonly problem: string;
  /** What to do about it, as a clause without a full stop. */
  readonly fix: string;
}

/** The earlier form of a message: the rule, what came, the remedy. New code gives a `Problem`. */
export interface Explanation {
  /** The rule that was broken, as a clause without full stop. */
  readonly rule: string;
  /** What came instead. */
  readonly got: string;
  /** What to do about it. */
  readonly remedy: string;
}

const messageOf = (reason: Problem | Explanation): string =>
  "problem" in reason
    ? `${reason.problem}; ${reason.fix}`
    : `${reason.rule}, got ${reason.got}; ${reason.remedy}`;

/** An error that the user can fix; printed as one line without a stack. */
export class KitError extends Error {
  /** The problem's stable name; undefined in the earlier form. */
  declare readonly code: string | undefined;
  readonly #exitCode: number;

  constructor(reason: Problem | Explanation, exitCode: number, options?: ErrorOptions) {
    super(messageOf(reason), options);
    this.name = new.target.name;
    // Not enumerable, so a notebook shows the message alone.
    Object.defineProperty(this, "code", { value: "code" in reason ? reason.code : undefined });
    this.#exitCode = exitCode;
  }

  /** Exit status of a command: 1 failed, 2 wrong usage, 130 interrupted. */
  get exitCode(): number {
    return this.#exitCode;
  }
}

/**
 * A wrong argument or option: the caller must ask for something else. Exit status 2.
 *
 * @example throw new UsageError({ code: "RATIO_OUT_OF_RANGE", problem: "expected p in [0, 1], got 1.5", fix: "use 0.3" });
 */
export class UsageError extends KitError {
  constructor(reason: Problem | Explanation, options?: ErrorOptions) {
    super(reason, 2, options);
  }
}

/**
 * A correct request that cannot be met: missing, damaged or mismatched data. Exit status 1.
 *
 * @example throw new FailureError({ code: "ARCHIVE_DAMAGED", problem: "a.tar is truncated", fix: "download it again" });
 */
export class FailureError extends KitError {
  constructor(reason: Problem | Explanation, options?: ErrorOptions) {
    super(reason, 1, options);
  }
}

/**
 * The user stopped the work. Exit status 130.
 *
 * @example throw new Interrupted({ code: "INTERRUPTED", problem: "interrupted", fix: "rerun the command to resume" });
 */
export class Interrupted extends KitError {
  constructor(reason: Problem | Explanation) {
    super(reason, 130);
  }

  /** Shows no stack: no line of code is at fault. */
  [inspect.custom](): string {
    return `${this.name}: ${this.message}`;
  }
}
