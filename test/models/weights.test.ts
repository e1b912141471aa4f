import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Variable } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { FailureError } from "../../src/errors.ts";
import { assignVariables, readVariables, saveVariables } from "../../src/models/weights.ts";
import { temporaryFolder } from "../support/class-folders.ts";

const named = (a: number[], b: number) =>
  new Map<string, Variable>([
    ["a", tf.variable(tf.tensor1d(a))],
    ["b", tf.variable(tf.scalar(b))],
  ]);

test("weights: saved variables come back bit for bit, and nothing else lies beside them", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "w.safetensors");
  await saveVariables(file, named([1 / 3, -0, 1e-40], 2), { runId: "x" });
  t.deepEqual(await readdir(folder), ["w.safetensors"]);
  const content = await readVariables(file);
  t.deepEqual(content.metadata, { runId: "x" });
  const others = named([9, 9, 9], 9);
  const before = tf.memory().numTensors;
  assignVariables(others, content, file);
  t.is(tf.memory().numTensors, before);
  const bits = (values: ArrayLike<number> = []) => new Uint32Array(Float32Array.from(values).buffer);
  t.deepEqual(bits(others.get("a")?.dataSync()), bits([1 / 3, -0, 1e-40]));
  t.is(others.get("b")?.dataSync()[0], 2);
});

test("weights: saving over a file replaces it whole", async (t) => {
  const file = path.join(await temporaryFolder(t), "w.safetensors");
  await writeFile(file, Buffer.alloc(100_000));
  await saveVariables(file, named([1], 2), {});
  t.true((await readFile(file)).length < 1000);
  t.is((await readVariables(file)).tensors.size, 2);
});

test("weights: a missing file is an error that says what to do", async (t) => {
  const file = path.join(await temporaryFolder(t), "w.safetensors");
  await t.throwsAsync(readVariables(file), {
    instanceOf: FailureError,
    message:
      "the weights of a run lie beside its record, " +
      `got ENOENT: no such file or directory, open '${file}'; run the row again with \`h2t run\``,
  });
});

test("weights: a variable that is missing or of another shape is named, and nothing is assigned", (t) => {
  const content = {
    tensors: new Map([
      ["a", { shape: [2], values: Float32Array.of(1, 2) }],
      ["b", { shape: [1], values: Float32Array.of(3) }],
    ]),
    metadata: {},
  };
  const remedy = "use the weights of a run with the same model, or run the row again";
  const variables = named([8, 9], 7);
  t.throws(() => assignVariables(variables, content, "w"), {
    instanceOf: FailureError,
    message: `the weights must fit the model, whose b is [], got [1] in w; ${remedy}`,
  });
  t.deepEqual([...(variables.get("a")?.dataSync() ?? [])], [8, 9]);
  const more = new Map([...variables, ["c", tf.variable(tf.zeros([3]))] as const]);
  more.delete("b");
  t.throws(() => assignVariables(more, content, "w"), {
    message: `the weights must fit the model, whose c is [3], got none in w; ${remedy}`,
  });
  t.deepEqual([...(variables.get("a")?.dataSync() ?? [])], [8, 9]);
});
