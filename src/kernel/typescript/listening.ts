const signals = new WeakSet<AbortSignal>();

/** Notes that a cell looked at its `interruption`, and so may end in its own way when it is stopped. */
export function noteListening(signal: AbortSignal): AbortSignal {
  signals.add(signal);
  return signal;
}

/** Whether a cell looked at its `interruption`. */
export const isListening = (signal: AbortSignal): boolean => signals.has(signal);
