import test from "ava";
import fc from "fast-check";
import { attributeValue, type GraphNode, savedModelBytes, tensorValue } from "../../src/engine/graph-def.ts";
import { attributeCodes } from "../../src/engine/native-backend.ts";
import { askPython } from "../support/ask-python.ts";

/** An attribute as we write it, and as TensorFlow must read it. */
interface Attribute {
  readonly written: GraphNode["attr"][string];
  readonly read: readonly [kind: string, value: unknown];
}

const hex = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("hex");
const text = fc.string({ unit: "grapheme" });
const whole = fc.maxSafeInteger();
const real = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const code = fc.nat(200);
const shape = fc.array(fc.integer({ min: -1, max: 2 ** 31 }), { maxLength: 4 });

const kinds = {
  s: [attributeCodes.string, text],
  i: [attributeCodes.int, whole],
  f: [attributeCodes.float, real],
} as const;
const moreKinds = { b: [attributeCodes.bool, fc.boolean()], type: [attributeCodes.type, code] } as const;

/** One value of a kind, or a list of them; the reader leaves an empty list out. */
const plain = Object.entries({ ...kinds, ...moreKinds }).flatMap(([kind, [type, values]]) => {
  const seen = (value: unknown) => (kind === "s" ? hex(String(value)) : value);
  const any = values as fc.Arbitrary<never>;
  return [
    any.map(
      (value): Attribute => ({
        written: attributeValue({ name: "a", type, value }),
        read: [kind, seen(value)],
      }),
    ),
    fc.array(any, { maxLength: 4 }).map(
      (value): Attribute => ({
        written: attributeValue({ name: "a", type, value: value as never }),
        read: ["list", value.length > 0 ? { [kind]: value.map(seen) } : {}],
      }),
    ),
  ];
});

const attribute: fc.Arbitrary<Attribute> = fc.oneof(
  ...plain,
  shape.map(
    (value): Attribute => ({
      written: attributeValue({ name: "a", type: attributeCodes.shape, value }),
      read: ["shape", value],
    }),
  ),
  fc.tuple(code, shape, fc.uint8Array({ maxLength: 40 })).map(
    ([dtype, dims, values]): Attribute => ({
      written: tensorValue(dtype, dims, values),
      read: ["tensor", [dtype, dims, hex(values)]],
    }),
  ),
);

const node = fc.record({
  name: text,
  op: text,
  input: fc.array(text, { maxLength: 3 }),
  attr: fc.dictionary(text, attribute),
});
const graphs = fc.sample(fc.array(node, { maxLength: 5 }), { numRuns: 100, seed: 8 });

test("graph: what is written TensorFlow reads, whatever names, inputs, attributes and values: 100 graphs", (t) => {
  const each = (of: (attribute: Attribute) => unknown, attr: Readonly<Record<string, Attribute>>) =>
    Object.fromEntries(Object.entries(attr).map(([name, value]) => [name, of(value)]));
  const written = graphs.map((nodes) =>
    hex(
      savedModelBytes(
        nodes.map(({ attr, ...others }) => ({
          ...others,
          attr: each((a) => a.written, attr) as GraphNode["attr"],
        })),
      ),
    ),
  );
  t.deepEqual(
    askPython(new URL("read-graph.py", import.meta.url), written),
    graphs.map((nodes) =>
      nodes.map(({ attr, ...others }) => ({ ...others, attr: each((a) => a.read, attr) })),
    ),
  );
});
