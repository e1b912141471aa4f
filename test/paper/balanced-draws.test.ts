import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { generateGlyphs } from "../../src/images/glyphs.ts";
import { disposeModel } from "../../src/models/model.ts";
import { balancedDraws, fusedDraws } from "../../src/paper/balanced-draws.ts";
import { randomStream } from "../../src/random.ts";
import { drawOrder } from "../../src/samplers/draw-order.ts";
import { FeatureBank } from "../../src/training/feature-bank.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { smallModel } from "../support/small-model.ts";

const { train: set } = generateGlyphs({ numClasses: 10, trainPerClass: 4, testPerClass: 1, seed: 0 });
/** Four images of class 0, three of class 1, …, one of each from class 3 on. */
const classIndices = Array.from({ length: 10 }, (_, c) =>
  Int32Array.from({ length: Math.max(1, 4 - c) }, (_, i) => 4 * c + i),
);
const data = { set, classIndices };
const [count, size, batchSize] = [24, 8, 10];
const h2t = (ratio: number) => ({ kind: "headToTail", ratio, fusingSampler: "instance" }) as const;

async function drawn(folder: string) {
  const model = smallModel(10);
  const options = { model, data, seed: 3, count, bank: new FeatureBank(folder, {}), breathe: async () => {} };
  const plain = await balancedDraws(options);
  const fused = (ratio: number) => fusedDraws(plain, h2t(ratio), batchSize, options);
  const all = { plain, none: await fused(0), some: await fused(0.3), all: await fused(1) };
  disposeModel(model);
  return all;
}

const folder = await mkdtemp(join(tmpdir(), "h2t-draws-"));
test.after.always(() => rm(folder, { recursive: true }));
const before = tf.memory().numTensors;
const first = await drawn(folder);
const after = tf.memory().numTensors;

test("balancedDraws: the class-balanced draws of a third stage; fusion keeps their labels", (t) => {
  const { plain, some } = first;
  const order = drawOrder("class-balanced", classIndices, count, randomStream(3, "order", 3));
  t.deepEqual(
    plain.labels,
    Int32Array.from(order, (image) => set.labels[image] as number),
  );
  t.is(plain.features.length, count * size);
  t.is(some.labels, plain.labels);
});

test("balancedDraws: an image that is drawn twice gives two points", (t) => {
  const { plain } = first;
  const rows = Array.from({ length: count }, (_, i) =>
    plain.features.subarray(i * size, (i + 1) * size).join(),
  );
  const order = drawOrder("class-balanced", classIndices, count, randomStream(3, "order", 3));
  t.true(new Set(order).size < count);
  t.is(new Set(rows).size, count);
});

test("fusedDraws: p = 0 changes nothing; else the same channels of a batch come from the fusing draw", (t) => {
  const { plain, none, some, all } = first;
  t.deepEqual(none.features, plain.features);
  const masks = Array.from({ length: count }, (_, i) =>
    Array.from({ length: size }, (_, channel) => {
      const at = i * size + channel;
      const [own, lent] = [plain.features[at], all.features[at]];
      t.true(some.features[at] === own || some.features[at] === lent);
      return some.features[at] === own ? 0 : 1;
    }),
  );
  // ⌊0.3 · 8⌋; a channel may happen to be equal in both.
  for (const start of [0, batchSize, 2 * batchSize]) {
    const ofBatch = masks.slice(start, start + batchSize);
    const replaced = new Set(ofBatch.flatMap((mask) => [...mask.keys()].filter((channel) => mask[channel])));
    t.is(replaced.size, 2);
  }
});

test("balancedDraws: equal bits from the bank and computed again, and no tensor is left", async (t) => {
  t.is(after, before);
  t.deepEqual(await drawn(folder), first);
  t.deepEqual(await drawn(await temporaryFolder(t)), first);
});
