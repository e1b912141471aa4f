import { currentCell } from "../current-cell.ts";
import type { CellError } from "../language-engine.ts";

const events = ["unhandledRejection", "uncaughtException"] as const;

/**
 * Prints errors that nobody catches below the cell that began the work, instead of ending the kernel.
 *
 * @returns undoes it.
 */
export function printBackgroundErrors(describe: (error: unknown) => CellError): () => void {
  const print = (error: unknown) => {
    const signal = currentCell.getStore()?.signal;
    // What a stopped cell left running ends by being told so.
    if (signal?.aborted && error === signal.reason) return;
    process.stderr.write(`${describe(error).traceback.join("\n")}\n`);
  };
  for (const event of events) process.on(event, print);
  return () => {
    for (const event of events) process.off(event, print);
  };
}
