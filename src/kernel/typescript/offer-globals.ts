import type { CellContext } from "../language-engine.ts";
import { displaying } from "./displaying.ts";
import { noteListening } from "./listening.ts";
import { html } from "./rich-output.ts";

/**
 * Puts `display`, `html`, `clearOutput`, `prompt` and `interruption` where cells and what they import find them;
 * `compiler/cell-globals.ts` declares them.
 *
 * @param cell - finds the cell that calls.
 * @returns takes them away again.
 */
export function offerGlobals(cell: () => CellContext): () => void {
  const globals = {
    display: { value: displaying(cell) },
    html: { value: html },
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
