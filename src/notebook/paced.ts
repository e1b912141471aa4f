/** Milliseconds between two states: more often than this nobody reads them. */
const defaultInterval = 500;

/** The latest of many states, shown now and then. */
export interface Paced<State> {
  /** Takes a new state; shows it unless one was shown just before. */
  take(state: State): void;
  /** Shows the latest state, if it was not. */
  flush(): void;
}

/**
 * Shows the latest of many states, no more often than is of use.
 *
 * @param interval - in milliseconds, the least time between two that are shown, unless they are flushed.
 * @example const { take, flush } = paced((epoch: number) => console.log(epoch));
 */
export function paced<State>(show: (state: State) => void, interval = defaultInterval): Paced<State> {
  let shownAt = Number.NEGATIVE_INFINITY;
  let waiting: { readonly state: State } | undefined;
  const flush = () => {
    if (waiting === undefined) return;
    const { state } = waiting;
    waiting = undefined;
    shownAt = performance.now();
    show(state);
  };
  return {
    take(state) {
      waiting = { state };
      if (performance.now() - shownAt >= interval) flush();
    },
    flush,
  };
}
