import type { Connection } from "./connection-file.ts";
import type { Header, Request } from "./message.ts";
import type { OutputDescriptors } from "./output-descriptors.ts";
import type { Outgoing } from "./wire-format.ts";

/** What the protocol's thread starts with. */
export interface ThreadData {
  readonly connection: Connection;
  readonly memory: SharedArrayBuffer;
  readonly output: OutputDescriptors | undefined;
}

/** The two streams that a cell prints to. */
export type StreamName = "stdout" | "stderr";

/** Text that a cell printed. */
export interface StreamText {
  readonly name: StreamName;
  readonly text: string;
  /** Of the request that began the work which printed it. */
  readonly parent: Header;
}

/** What the main thread posts. */
export type Departure =
  /** To the one front end that asked; on the channel of its request, but questions on stdin. */
  | {
      readonly kind: "reply";
      readonly to: Pick<Request, "channel" | "identities">;
      readonly message: Outgoing;
    }
  /** To every front end. */
  | { readonly kind: "publish"; readonly message: Outgoing }
  | { readonly kind: "stream"; readonly output: StreamText }
  /** A cell begins; null: its output is not heard any more. */
  | { readonly kind: "cell"; readonly parent: Header | null }
  /** Send what is left, and close the sockets. */
  | { readonly kind: "end" };

/** What the protocol's thread posts. */
export type Arrival =
  | { readonly kind: "request"; readonly request: Request }
  /** An answer to the question on stdin. */
  | { readonly kind: "input"; readonly request: Request }
  | { readonly kind: "interrupt"; readonly number: number }
  /** Whatever ran on the main thread was ended: promises that were about to settle never will. */
  | { readonly kind: "terminated" }
  | { readonly kind: "shutdown" };
