import { createHmac } from "node:crypto";
import test from "ava";
import fc from "fast-check";
import { wireFormat } from "../../../src/kernel/protocol/wire-format.ts";
import { askPython } from "../../support/ask-python.ts";

const key = "a key";
const json = fc.jsonValue({ stringUnit: "grapheme" });
const identity = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => Buffer.from(bytes));
const message = fc.record({
  type: fc.string({ unit: "grapheme", minLength: 1 }),
  identities: fc.array(identity, { maxLength: 3 }),
  // What is neither JSON's nor Python's: a zero with a sign.
  content: fc
    .dictionary(fc.string({ unit: "grapheme" }), json)
    .map((value) => JSON.parse(JSON.stringify(value))),
});
const messages = fc.sample(message, { numRuns: 100, seed: 8 });
const parent = { msg_id: "p", msg_type: "execute_request", session: "s" };

test("wire format: jupyter_client reads what we write, and we read what it writes: 100 messages each way", (t) => {
  const format = wireFormat(key);
  const answer = askPython(new URL("wire_format.py", import.meta.url), {
    key,
    read: messages.map(({ type, identities, content }) =>
      format
        .encode({ type, parent, content: JSON.stringify(content) }, identities)
        .map((part) => Buffer.from(part).toString("hex")),
    ),
    write: messages.map(({ identities, ...others }) => ({
      ...others,
      identities: identities.map((bytes) => bytes.toString("hex")),
    })),
  }) as { read: unknown[]; written: { id: string; frames: string[] }[] };
  t.deepEqual(
    answer.read,
    messages.map(({ type, identities, content }) => ({
      ...{ type, content, parent: "p" },
      identities: identities.map((bytes) => bytes.toString("hex")),
    })),
  );
  for (const [i, { id, frames }] of answer.written.entries()) {
    const decoded = wireFormat(key).decode(
      "shell",
      frames.map((frame) => Buffer.from(frame, "hex")),
    );
    if (!("request" in decoded)) return t.fail(`${decoded.fault}: ${frames}`);
    const { identities, header, content } = decoded.request;
    const { type, ...sent } = messages[i] ?? {};
    t.deepEqual([header.msg_id, header.msg_type], [id, type]);
    t.deepEqual({ identities, content }, sent);
  }
});

test("wire format: whatever frames come, they are a message with a header or are refused", (t) => {
  const frame = fc.oneof(
    fc.constant(Buffer.from("<IDS|MSG>")),
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  );
  const unsigned = fc.array(frame, { maxLength: 10 });
  const signed = fc
    .tuple(unsigned, fc.array(fc.json(), { minLength: 4, maxLength: 6 }))
    .map(([before, parts]) => {
      const hmac = createHmac("sha256", key);
      for (const part of parts.slice(0, 4)) hmac.update(part);
      return [...before, ...["<IDS|MSG>", hmac.digest("hex"), ...parts].map((part) => Buffer.from(part))];
    });
  const { decode } = wireFormat(key);
  fc.assert(
    fc.property(fc.oneof(unsigned, signed), (frames) => {
      const decoded = decode("control", frames);
      t.true("fault" in decoded || typeof decoded.request.header.msg_id === "string");
    }),
    { numRuns: 300, seed: 8 },
  );
});
