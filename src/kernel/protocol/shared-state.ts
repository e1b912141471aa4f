/** Slots of the shared memory. */
const running = 0;
const heard = 1;
const backlog = 2;
const closed = 3;

/** Bytes of output that may wait for the protocol's thread, which a cell that prints in a loop would else fill memory with. */
const backlogLimit = 2 ** 26;

/** What the main thread and the protocol's thread see of each other at once, while the main thread is blocked, too. */
export class SharedState {
  readonly memory: SharedArrayBuffer;
  readonly #slots: Int32Array;

  constructor(memory = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#slots = new Int32Array(memory);
  }

  /** Whether a cell is running. */
  get isRunning(): boolean {
    return Atomics.load(this.#slots, running) === 1;
  }

  set isRunning(value: boolean) {
    Atomics.store(this.#slots, running, value ? 1 : 0);
  }

  /** The last interruption, counted from 1, that the main thread came to know of. */
  get heardInterruption(): number {
    return Atomics.load(this.#slots, heard);
  }

  set heardInterruption(number: number) {
    Atomics.store(this.#slots, heard, number);
  }

  /** Counts output that was posted; waits while too much of it is unpublished. */
  addOutput(bytes: number): void {
    let waiting = Atomics.add(this.#slots, backlog, bytes) + bytes;
    while (waiting > backlogLimit) {
      // Not forever, so that the cell can be stopped in the meantime.
      Atomics.wait(this.#slots, backlog, waiting, 100);
      waiting = Atomics.load(this.#slots, backlog);
    }
  }

  /** Counts output that nobody needs to wait with. */
  noteOutput(bytes: number): void {
    Atomics.add(this.#slots, backlog, bytes);
  }

  /** Counts output that was published. */
  removeOutput(bytes: number): void {
    Atomics.sub(this.#slots, backlog, bytes);
    Atomics.notify(this.#slots, backlog);
  }

  /** Tells that the sockets are closed and everything was sent. */
  tellClosed(): void {
    Atomics.store(this.#slots, closed, 1);
    Atomics.notify(this.#slots, closed);
  }

  /** Blocks until the sockets are closed, or too long. @param limit - in milliseconds. */
  waitUntilClosed(limit: number): void {
    Atomics.wait(this.#slots, closed, 0, limit);
  }
}
