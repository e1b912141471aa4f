import { format, inspect } from "node:util";
import type { CellError } from "../language-engine.ts";

/** How tslab tells what its compiler found: file, line, column, message. */
const diagnostic = "%s%d:%d - %s";
/** Under which tslab runs cells, whichever cell it is; lines are those of the JavaScript made of it. */
const cellPlace = /evalmachine\.<anonymous>:\d+(:\d+)?/g;
/** Frames of tslab, of this kernel and of Node, which are no affair of the user's; after the last one ` {` may open what follows. */
const hiddenFrame =
  /\n {4}at (?:a cell|.*(?:\/tslab\/dist\/|\/kernel\/(?:tslab\/|cells|outcome)|\(?node:).*?)( \{)?(?=\n|$)/g;

/**
 * What tslab said of a cell that failed, as an error.
 *
 * @param complaints - each as tslab handed it to `console.error`.
 * @param executionCount - of the cell.
 */
export function describeFailure(complaints: readonly unknown[][], executionCount: number): CellError {
  const [first] = complaints;
  if (first?.[0] === diagnostic) {
    const lines = complaints.map(([, ...values]) => {
      const [file, ...place] = values;
      return format(diagnostic, file === "" ? `In[${executionCount}]:` : file, ...place);
    });
    return { name: "Type error", message: lines[0] ?? "", traceback: lines };
  }
  return describeThrown(first?.[0]);
}

/** An error of a cell's code, its stack without what is no affair of the user's. */
export function describeThrown(thrown: unknown): CellError {
  if (!(thrown instanceof Error)) {
    const message = inspect(thrown);
    return { name: "Uncaught", message, traceback: [`Uncaught ${message}`] };
  }
  const text = inspect(thrown).replace(cellPlace, "a cell");
  // Above its headline Node puts a line of the JavaScript that the cell became.
  const fromHeadline = text.slice(Math.max(0, text.indexOf(`${thrown.name}: `)));
  const traceback = fromHeadline.replace(hiddenFrame, "$1").split("\n");
  return { name: thrown.name, message: thrown.message, traceback };
}
