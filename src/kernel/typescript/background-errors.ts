import { currentCell } from "../current-cell.ts";
import { describeError } from "./describe-error.ts";

const events = ["unhandledRejection", "uncaughtException"] as const;

/**
 * Prints errors that nobody catches below the cell that began the work, instead of ending the kernel.
 *
 * @returns undoes it.
 */
export function printBackgroundErrors(): () => void {
  for (const event of events) process.on(event, print);
  return () => {
    for (const event of events) process.off(event, print);
  };
}

function print(error: unknown): void {
  const signal = currentCell.getStore()?.signal;
  // What a stopped cell left running ends by being told so.
  if (signal?.aborted && error === signal.reason) return;
  process.stderr.write(`${describeError(error).traceback.join("\n")}\n`);
}
