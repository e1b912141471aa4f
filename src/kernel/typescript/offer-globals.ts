import { UsageError } from "../../errors.ts";
import { currentCell } from "../current-cell.ts";
import type { CellContext } from "../language-engine.ts";
import { displaying } from "./displaying.ts";
import { noteListening } from "./listening.ts";

/**
 * Puts `display`, `clearOutput`, `prompt` and `interruption` where cells and what they import find them;
 * `compiler/cell-globals.ts` declares them.
 *
 * @param lastCell - for calls of which nobody knows which cell began them.
 * @returns takes them away again.
 */
export function offerGlobals(lastCell: () => CellContext | undefined): () => void {
  const cell = (): CellContext => {
    const found = currentCell.getStore() ?? lastCell();
    if (found) return found;
    const rule = "only work that a cell began can show something or ask";
    throw new UsageError({ rule, got: "a call before the first cell", remedy: "call it in a cell" });
  };
  const globals = {
    display: { value: displaying(cell) },
    clearOutput: { value: ({ wait = false }: { wait?: boolean } = {}) => cell().clearOutput(wait) },
    prompt: {
      value: (question = "", { password = false }: { password?: boolean } = {}) =>
        cell().readLine(question, password),
    },
    interruption: { get: () => noteListening(cell().signal) },
  };
  for (const [name, property] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { ...property, configurable: true });
  }
  return () => {
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
  };
}
