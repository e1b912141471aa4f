import { readSync } from "node:fs";
import { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";
import type { Header } from "./message.ts";
import { type OutputDescriptors, writeToTerminal } from "./output-descriptors.ts";
import type { StreamName, StreamText } from "./posts.ts";

/** Milliseconds for which what was read just now need not be looked for again. */
const freshness = 1;
const chunk = 2 ** 16;

/**
 * Reads what is written to the process's own streams, natively or by child processes that inherit them, for the cell that runs;
 * before the first cell it goes to where the server logs.
 *
 * @param print - takes it in order.
 */
export function inheritedOutput({ pipes, terminal }: OutputDescriptors, print: (output: StreamText) => void) {
  const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  const names = Object.keys(pipes) as StreamName[];
  let parent: Header | null | undefined;
  let lastDrain = 0;

  const take = (name: StreamName, bytes: Uint8Array) => {
    const text = decoders[name].write(Buffer.from(bytes));
    if (text === "") return;
    if (parent) print({ name, text, parent });
    else if (parent === undefined) writeToTerminal(text, terminal);
  };

  for (const name of names) {
    const socket = new Socket({ fd: pipes[name], readable: true, writable: false });
    socket.on("data", (bytes) => take(name, bytes)).on("error", () => {});
    socket.unref();
  }

  /** Takes what was written by now, so that it comes before what is said next. */
  function drain() {
    lastDrain = performance.now();
    for (const name of names) {
      for (let bytes = readNow(pipes[name]); bytes; bytes = readNow(pipes[name])) take(name, bytes);
    }
  }

  return {
    drain,
    /** The same where much is said in a short time. */
    drainSometimes() {
      if (performance.now() - lastDrain > freshness) drain();
    },
    /** From now on it is a cell's; null: nobody's. */
    turnTo(header: Header | null) {
      drain();
      parent = header;
    },
  };
}

/** What is there to read, without waiting. */
function readNow(descriptor: number): Uint8Array | undefined {
  const bytes = Buffer.alloc(chunk);
  try {
    const length = readSync(descriptor, bytes);
    return length > 0 ? bytes.subarray(0, length) : undefined;
  } catch {
    return undefined;
  }
}
