import { inspect } from "node:util";
import type { CellError } from "../language-engine.ts";

/** What a cell threw, for people: its stack, its cause, the errors that it stands for and what else it holds. */
export function describeError(thrown: unknown): CellError {
  if (!(thrown instanceof Error)) {
    const message = inspect(thrown);
    return { name: "Uncaught", message, traceback: [`Uncaught ${message}`] };
  }
  // Node puts brackets around an error without a stack.
  const text = inspect(thrown).replace(/^\[(.*)\]$/s, "$1");
  return { name: thrown.name, message: thrown.message, traceback: text.split("\n") };
}
