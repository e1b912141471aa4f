import type { CellResult } from "./language-engine.ts";

/** How a cell ended, and the values of the expressions that came with it. */
export interface Ending {
  readonly result: CellResult;
  readonly expressions: Readonly<Record<string, object>>;
}

/** Milliseconds for which a stopped cell may end in its own way, such as by writing a checkpoint. */
const patience = { asked: 10_000, terminated: 200 };

/** The end of a cell: as the engine tells it, or as interrupted where the engine cannot tell it any more. */
export class Outcome {
  readonly ending: Promise<Ending>;
  #settle: (ending: Ending) => void = () => {};

  constructor(start: () => Promise<Ending>) {
    this.ending = new Promise((resolve, reject) => {
      // Begun and ended by timers: what ends a loop drops all promises that are about to go on, but no timers.
      this.#settle = (ending) => setTimeout(resolve, 0, ending);
      setTimeout(() => start().then(this.#settle, reject), 0);
    });
  }

  /** The cell was asked to stop. */
  noteAsked(): void {
    this.#interruptAfter(patience.asked);
  }

  /** The cell's JavaScript was ended, and maybe with it whatever waited for its end. */
  noteTerminated(): void {
    this.#interruptAfter(patience.terminated);
  }

  #interruptAfter(limit: number): void {
    setTimeout(() => this.#settle({ result: { status: "interrupted" }, expressions: {} }), limit).unref();
  }
}
