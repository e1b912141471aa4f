import { inspect } from "node:util";

/** What a message tells, in three beats: the rule, what came, the remedy. */
export interface Explanation {
  /** The rule that was broken, as a clause without full stop. */
  readonly rule: string;
  /** What came instead. */
  readonly got: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** An error that the user can mend; printed as one line without a stack. */
export class KitError extends Error {
  readonly #exitCode: number;

  constructor({ rule, got, remedy }: Explanation, exitCode: number, options?: ErrorOptions) {
    super(`${rule}, got ${got}; ${remedy}`, options);
    this.name = new.target.name;
    this.#exitCode = exitCode;
  }

  /** Status with which a command ends: 1 failed, 2 wrong usage, 130 interrupted; nothing for a notebook to show. */
  get exitCode(): number {
    return this.#exitCode;
  }
}

/**
 * A wrong argument or flag: the caller must ask for something else. Exit code 2.
 *
 * @example throw new UsageError({ rule: "p must lie in [0, 1]", got: "1.5", remedy: "use 0.3" });
 */
export class UsageError extends KitError {
  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(explanation, 2, options);
  }
}

/**
 * A right request that cannot be met: missing, damaged or mismatched data. Exit code 1.
 *
 * @example throw new FailureError({ rule: "the archive must be whole", got: "1,024 bytes", remedy: "download it again" });
 */
export class FailureError extends KitError {
  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(explanation, 1, options);
  }
}

/**
 * The user's wish that something stops: no place in the code is to blame, so none is shown. Exit code 130.
 *
 * @example throw new Interrupted({ rule: "a run ends after its last epoch", got: "SIGINT", remedy: "type the command again" });
 */
export class Interrupted extends KitError {
  constructor(explanation: Explanation) {
    super(explanation, 130);
  }

  [inspect.custom](): string {
    return `${this.name}: ${this.message}`;
  }
}
