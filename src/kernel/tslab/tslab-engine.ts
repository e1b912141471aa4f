import type { Executor } from "tslab/dist/executor.js";
import { currentCell } from "../current-cell.ts";
import type { CellContext, CellResult, LanguageEngine } from "../language-engine.ts";
import { showValue } from "../show-value.ts";
import { printBackgroundErrors } from "../typescript/background-errors.ts";
import { cellFinder } from "../typescript/find-cell.ts";
import { isListening } from "../typescript/listening.ts";
import { offerGlobals } from "../typescript/offer-globals.ts";
import { describeFailure, describeThrown } from "./describe-failure.ts";
import { isCompleteCode, makeExecutor, offerDisplay, printInfo, tslabVersion } from "./tslab-library.ts";

/**
 * tslab as it is published, behind this kernel's protocol, for notebooks that were written for it.
 *
 * It is ready at once; the first cell or question waits for tslab's compiler.
 *
 * @example const engine = await tslabEngine();
 */
export async function tslabEngine(): Promise<LanguageEngine> {
  return new TslabEngine();
}

class TslabEngine implements LanguageEngine {
  readonly name = "tslab";
  readonly version: string = tslabVersion();
  readonly #undo = [
    printBackgroundErrors(describeThrown),
    // tslab's compiler knows none of them, but what cells import may ask for them.
    offerGlobals(cellFinder(() => this.#last)),
  ];
  #made: Executor | undefined;
  #last: CellContext | undefined;
  /** What tslab said of the cell that runs. */
  #value: unknown;
  #complaints: unknown[][] = [];

  get #executor(): Executor {
    this.#made ??= makeExecutor({
      log: (value) => {
        this.#value = value;
      },
      error: (...complaint) => {
        this.#complaints.push(complaint);
      },
    });
    return this.#made;
  }

  async execute(code: string, context: CellContext): Promise<CellResult> {
    this.#last = context;
    offerDisplay(({ data, transient: { display_id } }, isUpdate) => {
      const cell = currentCell.getStore() ?? this.#last;
      if (isUpdate && display_id !== undefined) cell?.updateDisplay(data, display_id);
      else cell?.display(data, display_id);
    });
    const stopped = new Promise<CellResult>((resolve) => {
      const stop = () => {
        // What listens ends in its own way.
        if (isListening(context.signal)) return;
        resolve({ status: "interrupted" });
        this.#made?.interrupt();
      };
      context.signal.addEventListener("abort", stop, { once: true });
    });
    return Promise.race([stopped, this.#run(code, context)]);
  }

  async complete(code: string, offset: number) {
    const { candidates, start, end } = this.#executor.complete(code, offset);
    return { names: candidates, start, end, kinds: candidates.map(() => undefined) };
  }

  async inspect(code: string, offset: number) {
    const info: ReturnType<Executor["inspect"]> | undefined = this.#executor.inspect(code, offset);
    return info === undefined ? null : { "text/plain": printInfo(info) };
  }

  async isComplete(code: string) {
    const { completed, indent = "" } = isCompleteCode(code);
    return completed ? ({ status: "complete" } as const) : ({ status: "incomplete", indent } as const);
  }

  async dispose(): Promise<void> {
    for (const undo of this.#undo) undo();
    this.#made?.close();
  }

  async #run(code: string, { executionCount }: CellContext): Promise<CellResult> {
    this.#value = undefined;
    this.#complaints = [];
    try {
      const isDone = await this.#executor.execute(code);
      if (isDone) return { status: "ok", value: await showValue(await this.#value) };
    } catch (error) {
      this.#complaints.push([error]);
    }
    return { status: "error", error: describeFailure(this.#complaints, executionCount) };
  }
}
