import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { type Channel, type Header, headerSchema, type Request } from "./message.ts";

import { isTooDeep } from "./nesting.ts";

const protocolVersion = "5.4";
const delimiter = Buffer.from("<IDS|MSG>");

/** A message of the kernel's, its content as JSON. */
export interface Outgoing {
  readonly type: string;
  /** What it answers or belongs to; null for a message of its own. */
  readonly parent: Header | null;
  readonly content: string;
}

/** Either a message that may be believed or why it may not. */
type Decoded = { readonly request: Request } | { readonly fault: string };

/**
 * Turns messages into frames and back: identities, `<IDS|MSG>`, signature, header, parent header, metadata, content, buffers.
 *
 * signature = hex(HMAC-SHA256(key, header ‖ parent header ‖ metadata ‖ content))
 *
 * @param key - shared with front ends; with an empty one nothing is signed and nothing is checked.
 * @source Jupyter messaging protocol 5.4, "the wire protocol".
 */
export function wireFormat(key: string) {
  const session = randomUUID();
  let sent = 0;

  const sign = (parts: readonly (Uint8Array | string)[]) => {
    if (key === "") return "";
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };

  function encode({ type, parent, content }: Outgoing, prefix: readonly (Uint8Array | string)[]) {
    const header = {
      msg_id: `${session}_${sent++}`,
      msg_type: type,
      session,
      username: "kernel",
      date: new Date().toISOString(),
      version: protocolVersion,
    };
    const parts = [JSON.stringify(header), JSON.stringify(parent ?? {}), "{}", content];
    return [...prefix, delimiter, sign(parts), ...parts];
  }

  function decode(channel: Channel, frames: readonly Uint8Array[]): Decoded {
    const border = frames.findIndex((frame) => delimiter.equals(frame));
    const [signature, ...signed] = border < 0 ? [] : frames.slice(border + 1, border + 6);
    if (!signature || signed.length < 4) return { fault: "not a message" };
    if (!isEqual(signature, sign(signed))) return { fault: "a wrong or missing signature" };
    if (signed.some(isTooDeep)) return { fault: "nested too deeply" };
    try {
      const [header, , , content] = signed.map((part) => JSON.parse(Buffer.from(part).toString()));
      const identities = frames.slice(0, border);
      return { request: { channel, identities, header: headerSchema.parse(header), content } };
    } catch {
      return { fault: "no JSON, or an unknown header" };
    }
  }

  return { encode, decode };
}

/** Takes equally long wherever two signatures differ, which tells a forger nothing. */
function isEqual(signature: Uint8Array, expected: string): boolean {
  return signature.length === expected.length && timingSafeEqual(signature, Buffer.from(expected));
}
