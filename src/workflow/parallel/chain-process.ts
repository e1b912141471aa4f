import { explainError } from "../explain-error.ts";
import type { TrainingOrder } from "../training-order.ts";
import type { ChainMessage } from "./train-in-child.ts";

// The process in which one chain trains. First of all it learns to end well: by a signal, such as Ctrl-C, which a terminal
// sends to it, too; and when its parent is gone, however that ended.
const controller = new AbortController();
const stop = () => controller.abort(new Error("stopped"));
for (const name of ["SIGINT", "SIGTERM", "disconnect"]) process.on(name, stop);

/** Tells the parent, if there still is one. */
const send = (message: ChainMessage) => process.send?.(message, undefined, undefined, () => {});

process.once("message", async (order: TrainingOrder) => {
  const { signal } = controller;
  try {
    const { readyDatasets } = await import("../ready-datasets.ts");
    const { trainRows } = await import("../train-rows.ts");
    const silent = { write: () => {}, writeError: () => {} };
    const datasetOf = await readyDatasets(order, silent, signal);
    await trainRows(order, { datasetOf, tell: send, signal });
  } catch (error) {
    process.exitCode = 1;
    if (error !== signal.reason) send({ kind: "failure", text: explainError(error).text });
  } finally {
    // The open channel would keep the process alive; closing it could lose what was told last.
    process.channel?.unref();
  }
});
