import type { Request } from "./protocol/message.ts";

/** Requests that are worked through one after the other, in the order in which they came. */
export class RequestQueue {
  readonly #handle: (request: Request, isAborted: boolean) => Promise<void>;
  readonly #waiting: Request[] = [];
  readonly #aborted = new WeakSet<Request>();
  #isWorking = false;

  /** @param handle - must not reject. */
  constructor(handle: (request: Request, isAborted: boolean) => Promise<void>) {
    this.#handle = handle;
  }

  add(request: Request): void {
    this.#waiting.push(request);
    if (!this.#isWorking) void this.#work();
  }

  /** What waits now comes with the word that it is aborted. */
  abortWaiting(): void {
    for (const request of this.#waiting) this.#aborted.add(request);
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let request = this.#waiting.shift(); request; request = this.#waiting.shift()) {
      await this.#handle(request, this.#aborted.has(request));
    }
    this.#isWorking = false;
  }
}
