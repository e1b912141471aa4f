import { randomUUID } from "node:crypto";
import { UsageError } from "../../errors.ts";
import { currentCell } from "../current-cell.ts";
import type { CellContext } from "../language-engine.ts";
import type { MimeBundle } from "../mime-bundle.ts";
import { showValue } from "../show-value.ts";

/** Cells that looked at `interruption`, and may end in their own way when they are stopped. */
const listening = new WeakSet<AbortSignal>();

/** Whether a cell looked at `interruption`. */
export const listensTo = (signal: AbortSignal): boolean => listening.has(signal);

const globalsOf = (runningCell: () => CellContext) => ({
  display: {
    value: (
      value: unknown,
      { id = randomUUID(), update = false }: { id?: string; update?: boolean } = {},
    ) => {
      const cell = runningCell();
      const send = (bundle: MimeBundle, isUpdate: boolean) =>
        isUpdate ? cell.updateDisplay(bundle, id) : cell.display(bundle, id);
      const show = (shown: unknown, isUpdate: boolean) => {
        const bundle = showValue(shown) ?? { "text/plain": "undefined" };
        if (bundle instanceof Promise) void bundle.then((made) => send(made, isUpdate));
        else send(bundle, isUpdate);
      };
      show(value, update);
      return { id, update: (next: unknown) => show(next, true) };
    },
  },
  clearOutput: { value: ({ wait = false }: { wait?: boolean } = {}) => runningCell().clearOutput(wait) },
  prompt: {
    value: (question = "", { password = false }: { password?: boolean } = {}) =>
      runningCell().readLine(question, password),
  },
  interruption: {
    get: () => {
      const { signal } = runningCell();
      listening.add(signal);
      return signal;
    },
  },
});

/**
 * Puts `display`, `clearOutput`, `prompt` and `interruption` where cells and what they import find them.
 *
 * @param lastCell - for calls of which nobody knows which cell began them.
 * @returns takes them away again.
 */
export function offerGlobals(lastCell: () => CellContext | undefined): () => void {
  const globals = globalsOf(() => {
    const cell = currentCell.getStore() ?? lastCell();
    if (cell) return cell;
    const rule = "only work that a cell began can show something or ask";
    throw new UsageError({ rule, got: "a call before the first cell", remedy: "call it in a cell" });
  });
  for (const [name, property] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { ...property, configurable: true });
  }
  return () => {
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
  };
}
