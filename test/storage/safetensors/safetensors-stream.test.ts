import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { FailureError } from "../../../src/errors.ts";
import { processName, thisProcess } from "../../../src/storage/processes.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/storage/safetensors/safetensors.ts";
import { SafetensorsReader } from "../../../src/storage/safetensors/safetensors-reader.ts";
import { SafetensorsWriter } from "../../../src/storage/safetensors/safetensors-writer.ts";

const folder = mkdtempSync(join(tmpdir(), "h2t-safetensors-"));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));
const fileOf = (name: string) => join(folder, `${name}.safetensors`);

const shapes = {
  features: { dtype: "F32", shape: [3, 2] },
  labels: { dtype: "I32", shape: [3] },
} as const;

test("safetensors in parts: the bytes are those of the same tensors written at once", (t) => {
  const values = Float32Array.of(1, -2.5, 3e-45, Number.NaN, -0, 3.4e38);
  const metadata = { key: "ümlaut" };
  const file = fileOf("same");
  const writer = new SafetensorsWriter(file, { w: { dtype: "F32", shape: [3, 2] } }, metadata);
  writer.write("w", 4, values.subarray(4));
  writer.write("w", 0, values.subarray(0, 4));
  writer.finish();
  const whole = encodeSafetensors({ tensors: new Map([["w", { shape: [3, 2], values }]]), metadata });
  t.true(readFileSync(file).equals(whole));
  t.deepEqual(decodeSafetensors(readFileSync(file), file).metadata, metadata);
});

test("safetensors in parts: rows are read as they were written; what was not written is zero", (t) => {
  const file = fileOf("rows");
  const writer = new SafetensorsWriter(file, shapes, { key: "k" });
  writer.write("labels", 0, Int32Array.of(7, 8, 9));
  writer.write("features", 2, Float32Array.of(3, 4));
  writer.finish();
  const reader = new SafetensorsReader(file);
  t.deepEqual(reader.metadata, { key: "k" });
  t.deepEqual(reader.read("features", 2, 2), Float32Array.of(3, 4));
  t.deepEqual(reader.readAll("features"), Float32Array.of(0, 0, 3, 4, 0, 0));
  t.deepEqual(reader.shape("features"), [3, 2]);
  t.is(reader.shape("drift"), undefined);
  t.deepEqual(reader.readLabels(), Int32Array.of(7, 8, 9));
  t.throws(() => reader.read("features", 5, 2), {
    message: "internal: 2 values from 5 lie outside features",
  });
  reader.close();
});

test("safetensors in parts: nothing lies under the name before the end, and nothing anywhere after giving up", (t) => {
  const file = fileOf("abandoned");
  const writer = new SafetensorsWriter(file, shapes, {});
  const mine = () => readdirSync(folder).filter((name) => name.startsWith("abandoned"));
  t.is(mine().length, 1);
  t.regex(mine()[0] ?? "", /^abandoned\.safetensors\..+\.unfinished$/);
  t.throws(() => writer.write("features", 5, Float32Array.of(1, 2)), {
    message: "internal: 2 values from 5 lie outside features",
  });
  writer.abandon();
  t.deepEqual(mine(), []);
  writer.abandon();
});

test("safetensors in parts: what a killed process left is removed, also one of this number; what a running one writes stays", (t) => {
  const file = fileOf("orphan");
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const left = [{ pid }, { started: "1" }, {}, { host: "elsewhere", pid }].map(
    (who) => `${file}.${processName({ ...thisProcess(), ...who })}.0.unfinished`,
  );
  for (const one of left) writeFileSync(one, "part");
  new SafetensorsWriter(file, shapes, {}).abandon();
  t.deepEqual(left.map(existsSync), [false, false, true, true]);
});

test("safetensors in parts: two writers of one file do not meet; the last to end stays", (t) => {
  const file = fileOf("twice");
  const writers = [1, 2].map((value) => {
    const writer = new SafetensorsWriter(file, { w: { dtype: "F32", shape: [2] } }, {});
    writer.write("w", 0, Float32Array.of(value, value));
    return writer;
  });
  for (const [i, writer] of writers.entries()) {
    writer.finish();
    const reader = new SafetensorsReader(file);
    t.deepEqual(reader.readAll("w"), Float32Array.of(i + 1, i + 1));
    reader.close();
  }
});

test("safetensors in parts: any flipped bit, a cut and a byte more are noticed, with the file and the remedy", (t) => {
  const file = fileOf("damaged");
  const writer = new SafetensorsWriter(file, { w: { dtype: "F32", shape: [4] } }, { key: "k" });
  writer.write("w", 0, Float32Array.of(1, 2, 3, 4));
  writer.finish();
  const bytes = readFileSync(file);
  const remedy = "delete it; the same command computes it again";
  const notices = (damaged: Buffer, what: string) => {
    writeFileSync(file, damaged);
    const error = t.throws(() => new SafetensorsReader(file), { instanceOf: FailureError }, what);
    t.true(error?.message.includes(`got ${file}: `) && error.message.endsWith(remedy), error?.message);
  };
  for (let place = 0; place < 8 * bytes.length; place++) {
    const damaged = Buffer.from(bytes);
    damaged[place >> 3] = (damaged[place >> 3] as number) ^ (1 << (place % 8));
    notices(damaged, `bit ${place}`);
  }
  for (let length = 0; length < bytes.length; length++) notices(bytes.subarray(0, length), `${length} bytes`);
  notices(Buffer.concat([bytes, Buffer.of(0)]), "a byte more");
});
