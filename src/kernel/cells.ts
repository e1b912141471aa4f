import { setTimeout as delay } from "node:timers/promises";
import { Cell } from "./cell.ts";
import { currentCell } from "./current-cell.ts";
import type { History } from "./history.ts";
import type { CellError, LanguageEngine } from "./language-engine.ts";
import { type Ending, Outcome } from "./outcome.ts";
import type { Request } from "./protocol/message.ts";
import type { StreamName } from "./protocol/posts.ts";
import type { ProtocolThread } from "./protocol/protocol-thread.ts";
import { contents, type ExecuteContent } from "./request-contents.ts";

/** Milliseconds after an error in which cells that were sent together with it still arrive, to be aborted like the others. */
const straggling = 50;

const interrupted: CellError = {
  name: "Interrupted",
  message: "the cell was stopped",
  traceback: ["Interrupted: the cell was stopped"],
};

const replyOf = ({ name, message, traceback }: CellError) => ({
  ...{ status: "error", ename: name, evalue: message, traceback },
});

/** Runs cells one after the other, and knows which one is running. */
export class Cells {
  readonly #thread: ProtocolThread;
  readonly #history: History;
  /** Cells that counted so far. */
  #count = 0;
  #last: Cell | undefined;
  #running: Outcome | undefined;

  constructor(thread: ProtocolThread, history: History) {
    this.#thread = thread;
    this.#history = history;
  }

  /** @returns whether cells that already wait may run, too. */
  async run(request: Request, engine: LanguageEngine): Promise<boolean> {
    const asked = contents.execute.parse(request.content);
    const executionCount = this.#count + 1;
    if (asked.store_history) {
      this.#count = executionCount;
      this.#history.add(executionCount, asked.code);
    }
    const cell = new Cell(executionCount, request, this.#thread, asked);
    cell.showInput(asked.code);
    this.#thread.turnTo(asked.silent ? null : request.header);
    const { result, expressions } = await this.#ending(cell, asked, engine);
    const reply = (content: object) =>
      this.#thread.reply(request, "execute_reply", { ...content, execution_count: executionCount });
    if (result.status === "ok") {
      if (result.value) cell.showResult(result.value);
      const text = result.value?.["text/plain"];
      if (asked.store_history && typeof text === "string") this.#history.noteOutput(text);
      reply({ status: "ok", user_expressions: expressions, payload: [] });
      return true;
    }
    const error = result.status === "error" ? result.error : interrupted;
    cell.showError(error);
    if (cell.signal.aborted) {
      cell.hush();
      this.#thread.turnTo(null);
    }
    if (asked.stop_on_error) await delay(straggling);
    reply({ ...replyOf(error), user_expressions: {}, payload: [] });
    return !asked.stop_on_error;
  }

  async #ending(cell: Cell, { code, user_expressions }: ExecuteContent, engine: LanguageEngine) {
    this.#last = cell;
    this.#running = new Outcome(async (): Promise<Ending> => {
      const result = await currentCell.run(cell, () => engine.execute(code, cell));
      const expressions: Record<string, object> = {};
      for (const [name, expression] of Object.entries(user_expressions)) {
        if (result.status === "ok")
          expressions[name] = await expressionValue(expression, cell.silenced(), engine);
      }
      return { result, expressions };
    });
    this.#thread.state.isRunning = true;
    try {
      return await this.#running.ending;
    } finally {
      this.#thread.state.isRunning = false;
      this.#running = undefined;
    }
  }

  /** Stops the cell that is running, if one is. @param number - counts interruptions. */
  interrupt(number: number): void {
    this.#thread.state.heardInterruption = number;
    if (!this.#running) return;
    this.#last?.stop();
    this.#running.noteAsked();
  }

  /** What was running has been ended by force. */
  noteTerminated(): void {
    this.#running?.noteTerminated();
  }

  /** Hands the cell that is running the line for which it asked. */
  takeLine(request: Request): void {
    this.#last?.takeLine(contents.inputReply.parse(request.content).value);
  }

  /** Prints into the cell that began the work which prints; into the last one where that is not known. */
  print(name: StreamName, text: string): boolean {
    const current = currentCell.getStore();
    const cell = current instanceof Cell ? current : this.#last;
    cell?.print(name, text);
    return cell !== undefined;
  }
}

/** An expression's value as `user_expressions` are answered. */
async function expressionValue(expression: string, cell: Cell, engine: LanguageEngine): Promise<object> {
  const result = await currentCell.run(cell, () => engine.execute(expression, cell));
  if (result.status === "ok") return { status: "ok", data: result.value ?? {}, metadata: {} };
  return replyOf(result.status === "error" ? result.error : interrupted);
}
