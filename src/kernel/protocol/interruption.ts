import { Session } from "node:inspector";
import { setTimeout as delay } from "node:timers/promises";
import type { Arrival } from "./posts.ts";
import type { SharedState } from "./shared-state.ts";

/** Milliseconds for which the main thread may be deaf: a step of training, or a first look at all types, takes its time. */
const patience = { cell: 1000, noCell: 3000, again: 200 };

/**
 * Node keeps a stack of what runs asynchronously, and aborts the process if something ends without leaving it in order, as what is
 * ended from outside does; so the stack is emptied before, as Node itself does after an exception that nobody caught. There is no
 * public way to it, and Node's warning that this is none is of no use to the user.
 */
const emptyAsyncStack = `{
  const { noDeprecation } = process;
  process.noDeprecation = true;
  process.binding("async_wrap").clearAsyncIdStack();
  process.noDeprecation = noDeprecation;
}`;

/**
 * Stops what runs on the main thread: asks first, so that a cell which listens can end in good order; if nobody listens, since
 * JavaScript runs without pause, ends that JavaScript, which leaves the main thread and its variables alive. Asked a second time
 * it ends it at once.
 */
export function interruption(state: SharedState, post: (arrival: Arrival) => void): () => Promise<void> {
  let asked = 0;
  return async () => {
    const isDeaf = state.heardInterruption < asked;
    const number = ++asked;
    post({ kind: "interrupt", number });
    if (!isDeaf) await delay(state.isRunning ? patience.cell : patience.noCell);
    while (state.heardInterruption < number && number === asked) {
      await terminate();
      post({ kind: "terminated" });
      await delay(patience.again);
    }
  };
}

function terminate(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.evaluate", { expression: emptyAsyncStack });
  return new Promise((resolve) =>
    session.post("Runtime.terminateExecution", () => {
      session.disconnect();
      resolve();
    }),
  );
}
