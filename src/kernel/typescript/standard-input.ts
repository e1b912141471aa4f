import { syncBuiltinESMExports } from "node:module";
import readline from "node:readline";
import readlinePromises from "node:readline/promises";
import type { CellContext } from "../language-engine.ts";
import { askingInterface, type InterfaceArguments } from "./asking-interface.ts";
import { LineSource } from "./line-source.ts";

/** What is needed of the cells to ask for lines in their name. */
export interface Asking {
  /** Finds the cell that reads. */
  cell(): CellContext;
  /** Whether a cell has not ended yet. */
  isRunning(cell: CellContext): boolean;
  /** Ends a cell with an error, where nobody else could be told of it. */
  fail(cell: CellContext, error: unknown): void;
}

/**
 * Lets what reads lines from standard input, such as `readline`, ask the user: the process's own input leads nowhere.
 *
 * @returns undoes it.
 */
export function offerStandardInput(asking: Asking): () => void {
  let source: LineSource | undefined;
  const before = Object.getOwnPropertyDescriptor(process, "stdin");
  const current = () => {
    if (source === undefined || source.destroyed || source.readableEnded) source = new LineSource(asking);
    return source;
  };
  Object.defineProperty(process, "stdin", { configurable: true, enumerable: true, get: current });
  const undo = [readline, readlinePromises].map((module) => patchInterface(module, current, asking));
  syncBuiltinESMExports();
  return () => {
    for (const restore of undo) restore();
    syncBuiltinESMExports();
    if (before) Object.defineProperty(process, "stdin", before);
  };
}

/** A module with `createInterface`. */
type WithInterface =
  | Pick<typeof readline, "createInterface">
  | Pick<typeof readlinePromises, "createInterface">;

function patchInterface(module: WithInterface, current: () => LineSource, asking: Asking): () => void {
  const { createInterface } = module;
  const create = (...given: InterfaceArguments) => {
    const [first] = given;
    const input = "input" in first ? first.input : first;
    const make = (...args: InterfaceArguments) => Reflect.apply(createInterface, module, args);
    return input === current() ? askingInterface(make, given, asking) : make(...given);
  };
  Object.assign(module, { createInterface: create });
  return () => void Object.assign(module, { createInterface });
}
