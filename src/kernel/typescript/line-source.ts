import { Readable } from "node:stream";
import type { CellContext } from "../language-engine.ts";
import type { Asking } from "./standard-input.ts";

/** Milliseconds for which a reader may come to its end before it is asked for another line. */
const pause = 50;

/** What those listen to who read. */
const readers = ["data", "readable", "keypress"];

/** Lines that the user types when somebody reads them. */
export class LineSource extends Readable {
  readonly isTTY = false;
  readonly #asking: Asking;
  readonly #isWanted: () => boolean;
  #isDue = false;
  #isAsking = false;

  /** @param isWanted - whether somebody waits for a line; if not given, whoever listens does. */
  constructor(asking: Asking, isWanted?: () => boolean) {
    super({ encoding: "utf8" });
    this.#asking = asking;
    this.#isWanted = isWanted ?? (() => readers.some((event) => this.listenerCount(event) > 0));
    // Who was not wanted when a line was due may be so later.
    this.on("newListener", (event) => readers.includes(event) && setImmediate(() => this.ask()));
  }

  override _read(): void {
    this.#isDue = true;
    this.ask();
  }

  /** Asks for the line that is due, if somebody wants it. */
  ask(): void {
    const cell = this.#asking.cell();
    setTimeout(() => {
      if (this.#isDue && !this.#isAsking && this.#isReadIn(cell)) void this.#askIn(cell);
    }, pause);
  }

  #isReadIn(cell: CellContext): boolean {
    return !this.destroyed && this.#isWanted() && !this.#isHeld() && this.#asking.isRunning(cell);
  }

  async #askIn(cell: CellContext): Promise<void> {
    this.#isDue = false;
    this.#isAsking = true;
    try {
      this.push(`${await cell.readLine("", false)}\n`);
    } catch (error) {
      this.push(null);
      this.#asking.fail(cell, error);
    } finally {
      this.#isAsking = false;
    }
    this.ask();
  }

  /** Who waits for `readable` takes lines without a flow that could pause. */
  #isHeld(): boolean {
    return this.isPaused() && this.listenerCount("readable") === 0;
  }

  /** As a terminal has it: lines come whole. */
  setRawMode(): this {
    return this;
  }
}
