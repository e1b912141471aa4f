/** Lets timers, signals, output and a notebook's kernel have their turn; training itself blocks from batch to batch. */
const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What long work calls between batches; rejects when it is to stop. */
export type Breathe = () => Promise<void>;

/**
 * @param signal - stops the work that breathes.
 * @returns rejects with the signal's reason once it is aborted.
 */
export const breathing =
  (signal?: AbortSignal): Breathe =>
  async () => {
    await immediate();
    signal?.throwIfAborted();
  };
