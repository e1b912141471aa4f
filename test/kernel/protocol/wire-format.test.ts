import { createHmac } from "node:crypto";
import test from "ava";
import { wireFormat } from "../../../src/kernel/protocol/wire-format.ts";

const frames = (...texts: readonly string[]) => texts.map((text) => Buffer.from(text));
const header = '{"msg_id":"1","msg_type":"kernel_info_request","session":"s","username":"u"}';
const parts = [header, "{}", "{}", '{"a":1}'];
const signature = createHmac("sha256", "secret").update(parts.join("")).digest("hex");

test("wire format: a signed message is read, its header with every field that it came with", (t) => {
  const { decode } = wireFormat("secret");
  const decoded = decode("shell", frames("id1", "id2", "<IDS|MSG>", signature, ...parts, "buffer"));
  t.deepEqual(decoded, {
    request: {
      ...{
        channel: "shell",
        identities: frames("id1", "id2"),
        header: JSON.parse(header),
        content: { a: 1 },
      },
    },
  });
});

test("wire format: what is written is read again, but not with another key", (t) => {
  const parent = JSON.parse(header);
  const message = { type: "status", parent, content: '{"execution_state":"busy"}' };
  const written = wireFormat("secret").encode(message, ["topic"]);
  t.deepEqual(JSON.parse(String(written[4])), parent);
  const received = written.map((part) => Buffer.from(part));
  t.true("request" in wireFormat("secret").decode("shell", received));
  t.deepEqual(wireFormat("other").decode("shell", received), { fault: "a wrong or missing signature" });
});

test("wire format: an empty key signs nothing and takes what is unsigned only", (t) => {
  const { encode, decode } = wireFormat("");
  t.is(encode({ type: "status", parent: null, content: "{}" }, [])[1], "");
  t.true("request" in decode("shell", frames("<IDS|MSG>", "", ...parts)));
  t.deepEqual(decode("shell", frames("<IDS|MSG>", signature, ...parts)), {
    fault: "a wrong or missing signature",
  });
});

const wrong: readonly [name: string, frames: readonly string[], fault: string][] = [
  [
    "one byte changed",
    ["<IDS|MSG>", signature, ...parts.slice(0, 3), '{"a":2}'],
    "a wrong or missing signature",
  ],
  ["a short signature", ["<IDS|MSG>", signature.slice(1), ...parts], "a wrong or missing signature"],
  ["none", ["<IDS|MSG>", "", ...parts], "a wrong or missing signature"],
  ["no delimiter", [signature, ...parts], "not a message"],
  ["too few parts", ["<IDS|MSG>", signature, ...parts.slice(1)], "not a message"],
];

for (const [name, texts, fault] of wrong) {
  test(`wire format: refuses a message with ${name}`, (t) => {
    t.deepEqual(wireFormat("secret").decode("shell", frames(...texts)), { fault });
  });
}

test("wire format: refuses what is signed but no JSON or has no header", (t) => {
  const { decode } = wireFormat("");
  const fault = "no JSON, or an unknown header";
  t.deepEqual(decode("shell", frames("<IDS|MSG>", "", "{", "{}", "{}", "{}")), { fault });
  t.deepEqual(decode("shell", frames("<IDS|MSG>", "", "{}", "{}", "{}", "{}")), { fault });
});
