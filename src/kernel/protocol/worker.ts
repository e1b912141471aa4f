import { parentPort, workerData } from "node:worker_threads";
import { startThread } from "../start-thread.ts";
import { connectionWarnings } from "./connection-warnings.ts";
import { inheritedOutput } from "./inherited-output.ts";
import { interruption } from "./interruption.ts";
import type { Channel, Request } from "./message.ts";
import { writeToTerminal } from "./output-descriptors.ts";
import { endWithParent } from "./parent-process.ts";
import type { Arrival, Departure, ThreadData } from "./posts.ts";
import { SharedState } from "./shared-state.ts";
import { openSockets } from "./sockets.ts";
import { streamBatches } from "./stream-batches.ts";
import { type Outgoing, wireFormat } from "./wire-format.ts";

/*
 * The protocol's thread: owns the sockets, so that heartbeat, interruption, shutdown and output flow while a cell blocks the main
 * thread.
 */

/** Milliseconds after which a main thread that does not end is ended. */
const shutdownLimit = 1500;

const { connection, memory, output } = (workerData as { data: ThreadData }).data;
const state = new SharedState(memory);
const { encode, decode } = wireFormat(connection.key);
const post = (arrival: Arrival) => parentPort?.postMessage(arrival);
let cellBegan = 0;
const interrupt = interruption(state, post, () => (Date.now() - cellBegan) / 1000);
const sockets = await openSockets(connection, { onFrames, onSubscription });
const batches = streamBatches(({ name, text, parent }) => {
  publish({ type: "stream", parent, content: JSON.stringify({ name, text }) });
  state.removeOutput(text.length);
});

const inherited =
  output &&
  inheritedOutput(output, (printed) => {
    state.noteOutput(printed.text.length);
    batches.add(printed);
  });
const log = (text: string) => writeToTerminal(`h2t kernel: ${text}\n`, output?.terminal);
for (const warning of connectionWarnings(connection)) log(warning);

function publish(message: Outgoing, topic = message.type) {
  sockets.send("iopub", encode(message, [topic]));
}

function onSubscription(topic: string) {
  publish({ type: "iopub_welcome", parent: null, content: JSON.stringify({ subscription: topic }) }, topic);
}

let dropped = 0;

function onFrames(channel: Channel, frames: readonly Uint8Array[]) {
  const decoded = decode(channel, frames);
  if ("fault" in decoded) {
    dropped++;
    log(`dropped a message on ${channel}, ${decoded.fault}; ${dropped} so far`);
    return;
  }
  const { request } = decoded;
  const { msg_type } = request.header;
  if (msg_type === "interrupt_request") answer(request, {}, interrupt);
  else if (msg_type === "shutdown_request") answer(request, restartOf(request.content), shutDown);
  else if (msg_type === "input_reply") post({ kind: "input", request });
  else post({ kind: "request", request });
}

/** Answers without the main thread. */
function answer({ channel, identities, header: parent }: Request, content: object, act: () => void) {
  const tell = (execution_state: string) =>
    publish({ type: "status", parent, content: JSON.stringify({ execution_state }) });
  const type = parent.msg_type.replace("request", "reply");
  tell("busy");
  act();
  sockets.send(
    channel,
    encode({ type, parent, content: JSON.stringify({ status: "ok", ...content }) }, identities),
  );
  tell("idle");
}

const restartOf = (content: unknown) => ({
  restart: content instanceof Object && "restart" in content && content.restart === true,
});

function shutDown() {
  post({ kind: "shutdown" });
  setTimeout(() => process.kill(process.pid, "SIGKILL"), shutdownLimit);
}

parentPort?.on("message", async (departure: Departure) => {
  if (departure.kind === "stream") {
    inherited?.drainSometimes();
    return batches.add(departure.output);
  }
  inherited?.drain();
  batches.flush();
  if (departure.kind === "publish") return publish(departure.message);
  if (departure.kind === "reply") {
    const { to, message } = departure;
    return sockets.send(to.channel, encode(message, to.identities));
  }
  if (departure.kind === "cell") {
    cellBegan = Date.now();
    return inherited?.turnTo(departure.parent);
  }
  await sockets.close();
  state.tellClosed();
});

startThread(new URL("sigint.ts", import.meta.url)).on("message", interrupt);
endWithParent(process.env.JPY_PARENT_PID);
