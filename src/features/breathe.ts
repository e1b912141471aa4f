/** Waits one turn of the event loop for timers, signals, output and a notebook's kernel; a training batch blocks it. */
const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Yields to the event loop. Long computations call it between batches; a rejection stops them. */
export type YieldToEventLoop = () => Promise<void>;

/**
 * Creates a function that yields to the event loop.
 *
 * @param signal - stops the computation.
 * @returns a function that rejects with the signal's reason after the signal is aborted.
 */
export const eventLoopYielder =
  (signal?: AbortSignal): YieldToEventLoop =>
  async () => {
    await immediate();
    signal?.throwIfAborted();
  };
