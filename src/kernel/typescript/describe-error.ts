import { inspect } from "node:util";
import type { CellError } from "../language-engine.ts";
import { explainedModuleFailure } from "./module-failures.ts";

/** What a cell threw, for people: its stack, its cause, the errors that it stands for and what else it holds. */
export function describeError(thrown: unknown): CellError {
  if (!(thrown instanceof Error)) {
    const message = inspect(thrown);
    return { name: "Uncaught", message, traceback: [`Uncaught ${message}`] };
  }
  const explained = explainedModuleFailure(thrown, process.cwd());
  if (explained) return oneLine(explained);
  // Node puts brackets around an error without a stack.
  const text = inspect(thrown).replace(/^\[(.*)\]$/s, "$1");
  const traceback = text.replace(translatorsFrame, "$1").split("\n");
  return { name: thrown.name, message: thrown.message, traceback };
}

/** Of what makes JavaScript of imported files, in a thread whose errors come as text; ` {` may open what follows. */
const translatorsFrame =
  /\n {4}at .*(?:\/node_modules\/(?:tsx|esbuild|get-tsconfig)\/|\(?node:).*?( \{)?(?=\n|$)/g;

const oneLine = ({ name, message }: Error): CellError => ({
  name,
  message,
  traceback: [`${name}: ${message}`],
});
