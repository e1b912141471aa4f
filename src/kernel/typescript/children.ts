import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { currentCell } from "../current-cell.ts";
import type { CellContext } from "../language-engine.ts";
import { signalDescendants } from "../process-tree.ts";

/** On which Node tells of every new child process. */
const channel = "child_process";

/** Milliseconds that a child has to end when it is asked to. */
const patience = 2000;

/** The child processes that cells began and that still run. */
export class Children {
  readonly #ofCell = new WeakMap<CellContext, Set<ChildProcess>>();

  readonly #note = (message: unknown): void => {
    const cell = currentCell.getStore();
    const { process: child } = message as { process: ChildProcess };
    if (!cell) return;
    const children = this.#ofCell.get(cell) ?? new Set();
    this.#ofCell.set(cell, children.add(child));
    child.once("exit", () => children.delete(child));
  };

  /** Begins to watch. */
  constructor() {
    subscribe(channel, this.#note);
  }

  /** Ends what a cell began, as Ctrl-C in a terminal does; what does not listen, by force. */
  stop(cell: CellContext): void {
    for (const child of this.#ofCell.get(cell) ?? []) {
      signalTree(child, "SIGINT");
      setTimeout(() => signalTree(child, "SIGKILL"), patience).unref();
    }
  }

  /** Watches no more. */
  dispose(): void {
    unsubscribe(channel, this.#note);
  }
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  signalDescendants(child.pid, signal);
  child.kill(signal);
}
