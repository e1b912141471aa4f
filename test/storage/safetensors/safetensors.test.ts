import { readFileSync } from "node:fs";
import test from "ava";
import { FailureError } from "../../../src/errors.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/storage/safetensors/safetensors.ts";

const tensors = new Map([
  ["weight", { shape: [2, 3], values: Float32Array.of(1, -2.5, 3e-45, Number.NaN, -0, 3.4e38) }],
  ["bias", { shape: [1], values: Float32Array.of(7) }],
  ["scalar", { shape: [], values: Float32Array.of(0.1) }],
]);
const metadata = { runId: "0123", text: 'ümlaut "quoted"' };
const bytes = encodeSafetensors({ tensors, metadata });
const rule = "a weights file must be whole and hold float32 tensors (safetensors), got w.safetensors: ";
const remedy = "; delete it and run the row again with `h2t run`";

/** A file as any other program may write it, without our checksum. */
function foreign(header: object, data: Buffer = Buffer.alloc(0)): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

test("safetensors: what is written is read, names, order, shapes, metadata and every bit", (t) => {
  const read = decodeSafetensors(bytes, "w.safetensors");
  t.deepEqual([...read.tensors.keys()], ["weight", "bias", "scalar"]);
  t.deepEqual(read.metadata, metadata);
  for (const [name, { shape, values }] of tensors) {
    const found = read.tensors.get(name);
    t.deepEqual(found?.shape, shape);
    t.deepEqual(new Uint8Array(found?.values.buffer ?? new ArrayBuffer(0)), new Uint8Array(values.buffer));
  }
});

test("safetensors: the bytes are those that Python's safetensors reads as written", (t) => {
  // `test/golden/read-safetensors.py` checks that it does.
  t.true(bytes.equals(readFileSync(new URL("../../golden/weights.safetensors", import.meta.url))));
});

test("safetensors: a part of a longer array is written alone", (t) => {
  const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  const file = encodeSafetensors({ tensors: new Map([["w", { shape: [2], values }]]), metadata: {} });
  t.deepEqual(decodeSafetensors(file, "w").tensors.get("w")?.values, Float32Array.of(2, 3));
});

test("safetensors: any bit of any byte flipped is noticed", (t) => {
  for (let place = 0; place < 8 * bytes.length; place++) {
    const damaged = Buffer.from(bytes);
    damaged[place >> 3] = (damaged[place >> 3] as number) ^ (1 << (place % 8));
    t.throws(() => decodeSafetensors(damaged, "w.safetensors"), { instanceOf: FailureError }, `bit ${place}`);
  }
});

test("safetensors: a file cut anywhere, or with a byte more, is noticed", (t) => {
  for (let length = 0; length < bytes.length; length++) {
    const cut = bytes.subarray(0, length);
    t.throws(() => decodeSafetensors(cut, "w.safetensors"), { instanceOf: FailureError }, `${length} bytes`);
  }
  t.throws(() => decodeSafetensors(Buffer.concat([bytes, Buffer.of(0)]), "w.safetensors"), {
    instanceOf: FailureError,
  });
});

test("safetensors: the message says what is wrong, where, and what to do", (t) => {
  const damaged = Buffer.from(bytes);
  damaged[bytes.length - 1] = 1;
  t.throws(() => decodeSafetensors(damaged, "w.safetensors"), {
    message: `${rule}its checksum does not match${remedy}`,
  });
  const entry = { shape: [1], data_offsets: [0, 4] };
  t.throws(
    () => decodeSafetensors(foreign({ w: { dtype: "F64", ...entry } }, Buffer.alloc(4)), "w.safetensors"),
    {
      message: `${rule}w has type F64, not F32 or I32 or F16${remedy}`,
    },
  );
  t.throws(
    () => decodeSafetensors(foreign({ w: { dtype: "F32", ...entry } }, Buffer.alloc(2)), "w.safetensors"),
    {
      message: `${rule}w has wrong bounds${remedy}`,
    },
  );
  t.throws(
    () => decodeSafetensors(foreign({ w: { dtype: "F32", ...entry } }, Buffer.alloc(4)), "w.safetensors"),
    {
      message: `${rule}it has no checksum${remedy}`,
    },
  );
});
