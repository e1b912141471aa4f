import { UsageError } from "../errors.ts";
import type { MimeBundle } from "../notebook/mime-bundle.ts";
import type { CellContext, CellError } from "./language-engine.ts";
import type { Request } from "./protocol/message.ts";
import type { StreamName } from "./protocol/posts.ts";
import type { ProtocolThread } from "./protocol/protocol-thread.ts";
import type { ExecuteContent } from "./request-contents.ts";

/** JupyterLab's renderer of it never redraws, but is made anew where something else was shown in between. */
const plotly = "application/vnd.plotly.v1+json";

/** A cell and its ways out: what it shows goes to the front ends, below the cell, for as long as any work of it goes on. */
export class Cell implements CellContext {
  readonly #request: Request;
  readonly #thread: ProtocolThread;
  readonly #options: Pick<ExecuteContent, "silent" | "allow_stdin">;
  readonly #stop: AbortController;
  /** Whether the user stopped it and it has ended; what it left running is not heard any more. */
  #isOver = false;
  #answer: { resolve(line: string): void; reject(error: unknown): void } | undefined;

  constructor(
    readonly executionCount: number,
    request: Request,
    thread: ProtocolThread,
    options: Pick<ExecuteContent, "silent" | "allow_stdin">,
    stop = new AbortController(),
  ) {
    this.#request = request;
    this.#thread = thread;
    this.#options = options;
    this.#stop = stop;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** The same cell, from which nothing is seen: for expressions whose values the front end wants. */
  silenced(): Cell {
    const options = { silent: true, allow_stdin: false };
    return new Cell(this.executionCount, this.#request, this.#thread, options, this.#stop);
  }

  display(data: MimeBundle, displayId?: string): void {
    const transient = displayId === undefined ? {} : { display_id: displayId };
    this.#publish("display_data", { data, metadata: {}, transient });
  }

  updateDisplay(data: MimeBundle, displayId: string): void {
    const update = (shown: MimeBundle) =>
      this.#publish("update_display_data", {
        data: shown,
        metadata: {},
        transient: { display_id: displayId },
      });
    const { [plotly]: figure, ...others } = data;
    if (figure !== undefined) update(others);
    update(data);
  }

  clearOutput(wait: boolean): void {
    this.#publish("clear_output", { wait });
  }

  print(name: StreamName, text: string): void {
    if (this.#isQuiet || text === "") return;
    this.#thread.print({ name, text, parent: this.#request.header });
  }

  /** Shows the code that runs, to those front ends also that did not send it. */
  showInput(code: string): void {
    this.#publish("execute_input", { code, execution_count: this.executionCount });
  }

  showResult(data: MimeBundle): void {
    this.#publish("execute_result", { data, metadata: {}, execution_count: this.executionCount });
  }

  showError({ name, message, traceback }: CellError): void {
    this.#publish("error", { ename: name, evalue: message, traceback });
  }

  async readLine(question: string, isPassword: boolean): Promise<string> {
    if (!this.#options.allow_stdin) {
      throw new UsageError({
        code: "NO_QUESTIONS",
        problem: "this front end takes no questions",
        fix: 'run the cell where it can ask, as in JupyterLab with await prompt("…"), or write the answer into it',
      });
    }
    const line = new Promise<string>((resolve, reject) => {
      this.#answer = { resolve, reject };
    });
    this.#thread.reply(this.#request, "input_request", { prompt: question, password: isPassword }, "stdin");
    return line;
  }

  /** Takes the line that the user typed. */
  takeLine(line: string): void {
    this.#answer?.resolve(line);
  }

  /** Asks the cell to stop. */
  stop(): void {
    const reason = new DOMException("The cell was stopped", "AbortError");
    this.#stop.abort(reason);
    this.#answer?.reject(reason);
  }

  /** No output any more: the user stopped the cell, and what it left running cannot be stopped. */
  hush(): void {
    this.#isOver = true;
  }

  get #isQuiet(): boolean {
    return this.#options.silent || this.#isOver;
  }

  #publish(type: string, content: object): void {
    if (!this.#isQuiet) this.#thread.publish(this.#request.header, type, content);
  }
}
