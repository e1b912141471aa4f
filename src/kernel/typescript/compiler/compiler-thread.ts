import type { Worker } from "node:worker_threads";
import { FailureError } from "../../../errors.ts";
import { startThread } from "../../start-thread.ts";
import type { NotebookCompiler } from "./notebook-compiler.ts";

type Method = "compile" | "keep" | "complete" | "inspect" | "isComplete";

/** A call of one of the compiler's methods, as it goes to its thread. */
export interface Question {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}

/** What comes back: the value, or what was thrown. */
export type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: unknown });

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * The compiler in a thread of its own: it warms up while the kernel already answers, works while a cell does, and is out of
 * reach of what cells do to this thread, their interruption included.
 */
export class CompilerThread {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor() {
    this.#thread = startThread(new URL("./thread.ts", import.meta.url));
    this.#thread.on("message", (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (this.#waiting.size === 0) this.#thread.unref();
      if ("error" in answer) waiting?.reject(answer.error);
      else waiting?.resolve(answer.value);
    });
    this.#thread.on("error", (cause) => this.#fail(cause));
    // The process may end when nobody waits for an answer.
    this.#thread.unref();
  }

  /** Calls a method of the compiler. */
  ask<Name extends Method>(
    method: Name,
    ...args: Parameters<NotebookCompiler[Name]>
  ): Promise<ReturnType<NotebookCompiler[Name]>> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (value) => resolve(value as ReturnType<NotebookCompiler[Name]>),
        reject,
      });
      this.#thread.ref();
      this.#thread.postMessage({ id, method, args } satisfies Question);
    });
  }

  async end(): Promise<void> {
    await this.#thread.terminate();
  }

  #fail(cause: unknown): void {
    const error = new FailureError(
      {
        rule: "the compiler works for as long as the kernel does",
        got: cause instanceof Error ? cause.message : String(cause),
        remedy: "restart the kernel",
      },
      { cause },
    );
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
