import { Reply, Router, type Writable, XPublisher } from "zeromq";
import { FailureError } from "../../errors.ts";
import type { Connection } from "./connection-file.ts";
import type { Channel } from "./message.ts";

type Frames = readonly (Uint8Array | string)[];

/** What to do with what arrives. */
interface Receiver {
  /** A front end asks something, or answers. */
  onFrames(channel: Channel, frames: readonly Uint8Array[]): void;
  /** A front end listens from now on to a topic; to all, if it is empty. */
  onSubscription(topic: string): void;
}

/** No limit: above one zeromq drops what is published. */
const unlimited = { sendHighWaterMark: 0, receiveHighWaterMark: 0 };
/** Milliseconds for which a closed socket goes on to send. */
const linger = 1000;

/** The five sockets of a kernel, bound to the address of the connection file and to no other. */
export async function openSockets(connection: Connection, receiver: Receiver) {
  const { transport, ip } = connection;
  const routers = {
    shell: new Router({ ...unlimited, linger }),
    control: new Router({ ...unlimited, linger }),
    stdin: new Router({ ...unlimited, linger }),
  };
  const iopub = new XPublisher({ ...unlimited, linger, verbosity: "allSubs" });
  const heartbeat = new Reply({ linger: 0 });
  const bound = [
    [routers.shell, connection.shell_port],
    [routers.control, connection.control_port],
    [routers.stdin, connection.stdin_port],
    [iopub, connection.iopub_port],
    [heartbeat, connection.hb_port],
  ] as const;
  for (const [socket, port] of bound) {
    await socket.bind(`${transport}://${ip}:${port}`).catch((cause: Error) => {
      const got = `${ip}:${port} (${cause.message})`;
      const remedy = "let Jupyter start the kernel anew";
      throw new FailureError({ rule: "the kernel binds the address of its connection file", got, remedy });
    });
  }

  for (const channel of ["shell", "control", "stdin"] as const) {
    listen(routers[channel], (frames) => receiver.onFrames(channel, frames));
  }
  listen(iopub, ([frame]) => {
    // 1 subscribes, 0 ends a subscription.
    if (frame?.[0] === 1) receiver.onSubscription(frame.subarray(1).toString());
  });
  listen(heartbeat, (frames) => heartbeat.send(frames));

  const outboxes = {
    ...{ shell: outbox(routers.shell), control: outbox(routers.control), stdin: outbox(routers.stdin) },
    iopub: outbox(iopub),
  };
  return {
    send: (channel: Channel | "iopub", frames: Frames): void => outboxes[channel].add(frames),
    /** Sends what is left. */
    async close(): Promise<void> {
      await Promise.all(Object.values(outboxes).map((box) => box.isEmpty()));
      for (const [socket] of bound) socket.close();
    },
  };
}

/** Hands on what a socket receives, until it is closed. */
async function listen(
  socket: AsyncIterable<Buffer[]>,
  receive: (frames: Buffer[]) => void | Promise<void>,
): Promise<void> {
  for await (const frames of socket) await receive(frames);
}

/** Sends one message after the other, in order, as a socket demands. */
function outbox(socket: Writable<[...(Uint8Array | string)[]]>) {
  let last: Promise<void> = Promise.resolve();
  return {
    add(frames: Frames) {
      // A front end that has gone away must not keep others from theirs.
      last = last.then(() => socket.send([...frames])).catch(() => {});
    },
    isEmpty: () => last,
  };
}
