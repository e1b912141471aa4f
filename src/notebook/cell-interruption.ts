/**
 * Tells that the user stopped the notebook's cell which runs just now.
 *
 * Our kernel offers it to cells, and to what they call, as the global `interruption`. Who looks at it must heed it: the kernel
 * then waits for the cell to end in its own way.
 *
 * @returns `undefined` where no such kernel runs.
 * @example cellInterruption()?.throwIfAborted();
 */
export function cellInterruption(): AbortSignal | undefined {
  const signal: unknown = Reflect.get(globalThis, "interruption");
  return signal instanceof AbortSignal ? signal : undefined;
}
