import { startThread } from "../start-thread.ts";
import type { Connection } from "./connection-file.ts";
import type { Channel, Header, Request } from "./message.ts";
import type { OutputDescriptors } from "./output-descriptors.ts";
import type { Arrival, Departure, StreamText, ThreadData } from "./posts.ts";
import { SharedState } from "./shared-state.ts";

/** Milliseconds for which the process waits at its end until everything is sent. */
const closingLimit = 1000;

/** The main thread's end of the protocol. */
export interface ProtocolThread {
  readonly state: SharedState;
  /** Answers a request, or asks the front end which sent it something on `stdin`. */
  reply(request: Request, type: string, content: object, channel?: Channel): void;
  /** Tells every front end something. @param parent - of the request that it belongs to. */
  publish(parent: Header, type: string, content: object): void;
  /** Prints; what belongs together is joined. */
  print(output: StreamText): void;
  /** Gives a cell what is printed past `print`; null: nobody. */
  turnTo(parent: Header | null): void;
}

/**
 * Starts the thread that speaks Jupyter's protocol; its sockets are closed, everything sent, when the process ends.
 *
 * @param output - where it reads what is printed past `print`.
 * @param onArrival - called on this thread.
 * @param onFailure - when the thread cannot work, such as for want of a port.
 */
export function startProtocolThread(
  connection: Connection,
  output: OutputDescriptors | undefined,
  onArrival: (arrival: Arrival) => void,
  onFailure: (error: Error) => void,
): ProtocolThread {
  const state = new SharedState();
  const data: ThreadData = { connection, memory: state.memory, output };
  const thread = startThread(new URL("worker.ts", import.meta.url), data);
  const post = (departure: Departure) => thread.postMessage(departure);
  thread.on("message", onArrival);
  thread.on("error", onFailure);
  process.on("exit", () => {
    post({ kind: "end" });
    state.waitUntilClosed(closingLimit);
  });
  // Content becomes JSON here: what cannot is an error of the cell that showed it, and functions in it do no harm.
  return {
    state,
    reply({ channel, identities, header: parent }, type, content, other) {
      const to = { channel: other ?? channel, identities };
      post({ kind: "reply", to, message: { type, parent, content: JSON.stringify(content) } });
    },
    publish: (parent, type, content) =>
      post({ kind: "publish", message: { type, parent, content: JSON.stringify(content) } }),
    print(printed) {
      post({ kind: "stream", output: printed });
      state.addOutput(printed.text.length);
    },
    turnTo: (parent) => post({ kind: "cell", parent }),
  };
}
