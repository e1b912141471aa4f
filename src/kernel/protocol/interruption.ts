import { Session } from "node:inspector";
import { setTimeout as delay } from "node:timers/promises";
import { signalDescendants } from "../process-tree.ts";
import { suspendAsyncChecks } from "./async-checks.ts";
import type { Arrival } from "./posts.ts";
import type { SharedState } from "./shared-state.ts";

/** Milliseconds for which the main thread may be deaf: a step of training, or a first look at all types, takes its time. */
const patience = { cell: 1000, noCell: 3000, again: 200, child: 2000 };

/** Translates imported files for as long as the kernel lives, though it may have begun with a cell. */
const translators = new Set(["esbuild"]);

/**
 * Stops what runs on the main thread: asks first, so that a cell which listens can end in good order; if nobody listens, since
 * JavaScript runs without pause, ends that JavaScript, which leaves the main thread and its variables alive. Asked a second time
 * it ends it at once.
 *
 * @param cellAge - seconds since the cell began.
 */
export function interruption(
  state: SharedState,
  post: (arrival: Arrival) => void,
  cellAge: () => number,
): () => Promise<void> {
  let asked = 0;
  return async () => {
    const isDeaf = state.heardInterruption < asked;
    const number = ++asked;
    post({ kind: "interrupt", number });
    if (!isDeaf) await delay(state.isRunning ? patience.cell : patience.noCell);
    while (state.heardInterruption < number && number === asked) {
      const ended = terminate();
      const stopEnding = endChildren(cellAge);
      await ended;
      stopEnding();
      post({ kind: "terminated" });
      await delay(patience.again);
    }
  };
}

/**
 * Ends the child processes of a cell: what waits for one, as `execSync` does, cannot be ended before.
 *
 * @returns leaves alone those that have not ended by then.
 */
function endChildren(cellAge: () => number): () => void {
  const signal = (name: NodeJS.Signals) =>
    signalDescendants(process.pid, name, { maximalAge: cellAge(), except: translators });
  signal("SIGINT");
  const timer = setTimeout(signal, patience.child, "SIGKILL");
  return () => clearTimeout(timer);
}

function terminate(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.evaluate", { expression: suspendAsyncChecks });
  return new Promise((resolve) =>
    session.post("Runtime.terminateExecution", () => {
      session.disconnect();
      resolve();
    }),
  );
}
