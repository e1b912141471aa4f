import { uninterruptedName } from "../notebook/uninterrupted.ts";
import type { SharedState } from "./protocol/shared-state.ts";

/** As a count of interruptions: all that can come. */
const all = 2 ** 31 - 1;

/**
 * Lets code that cells call do what must not be ended in its midst: meanwhile every interruption counts as heard, and it is heard
 * when the work is done.
 */
export function offerUninterrupted(state: SharedState): void {
  const value = <Result>(work: () => Result): Result => {
    const heard = state.heardInterruption;
    state.heardInterruption = all;
    try {
      return work();
    } finally {
      state.heardInterruption = heard;
    }
  };
  Object.defineProperty(globalThis, uninterruptedName, { value });
}
