import { runInThisContext } from "node:vm";
import { parentPort } from "node:worker_threads";

/*
 * A thread that only waits for SIGINT. A handler on the main thread would not run while a cell blocks it, and other threads get no
 * signals, except those in which a script waits that SIGINT may break.
 */
const wait = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";
for (;;) {
  try {
    runInThisContext(wait, { breakOnSigint: true });
  } catch {
    parentPort?.postMessage("SIGINT");
  }
}
