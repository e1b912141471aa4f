/** By which our kernel offers it to what cells call. */
export const uninterruptedName: symbol = Symbol.for("h2t-kit.kernel.uninterrupted");

/**
 * Does work that must not be ended in its midst, as our kernel ends a cell that does not listen when it is stopped: TensorFlow,
 * stopped while it traces, is of no use any more.
 *
 * @param work - ends within seconds.
 * @example uninterrupted(() => session.run(feeds, fetches));
 */
export function uninterrupted<Result>(work: () => Result): Result {
  const offered: unknown = Reflect.get(globalThis, uninterruptedName);
  return typeof offered === "function" ? offered(work) : work();
}
