import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "ava";
import { balancedDraws } from "../../src/analysis/balanced-draws.ts";
import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { decoupled } from "../../src/experiments/methods/decoupling.ts";
import { fused } from "../../src/experiments/methods/head-to-tail.ts";
import { FeatureBank } from "../../src/features/feature-bank.ts";
import { disposeModel } from "../../src/models/model.ts";
import { randomStream } from "../../src/random.ts";
import { drawOrder } from "../../src/samplers/draw-order.ts";
import type { ClassifierStage, Stage } from "../../src/stages/stage.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { smallModel } from "../support/small-model.ts";

const { train: set } = generateGlyphs({ numClasses: 10, trainPerClass: 4, testPerClass: 1, seed: 0 });
/** Four images of class 0, three of class 1, …, one of each from class 3 on. */
const classIndices = Array.from({ length: 10 }, (_, c) =>
  Int32Array.from({ length: Math.max(1, 4 - c) }, (_, i) => 4 * c + i),
);
const data = { set, classIndices };
const [count, size, batchSize] = [24, 8, 10];

/** DR+H2T at a ratio, with fixed views or crops. */
const stageOf = (ratio: number, views?: number): ClassifierStage => ({
  ...fused(decoupled(100), { ratio }),
  batchSize,
  ...(views === undefined ? {} : { shiftBatchNorm: false, views }),
});

async function drawn(folder: string, views?: number) {
  const model = smallModel(10);
  const draw = (stage: Stage) =>
    balancedDraws({
      ...{ model, stage, data, seed: 3, count },
      ...{ bank: new FeatureBank(folder, {}), breathe: async () => {} },
    });
  const alone = await draw({ ...stageOf(0.3, views), fusion: { kind: "none" } });
  const [none, some, all] = [
    await draw(stageOf(0, views)),
    await draw(stageOf(0.3, views)),
    await draw(stageOf(1, views)),
  ];
  disposeModel(model);
  return { alone, none, some, all };
}

const folder = await mkdtemp(path.join(tmpdir(), "h2t-draws-"));
test.after.always(() => rm(folder, { recursive: true }));
const before = tf.memory().numTensors;
const kinds = [
  { kind: "fresh crops", first: await drawn(path.join(folder, "crops")) },
  { kind: "fixed views", views: 2, first: await drawn(path.join(folder, "views"), 2) },
] as const;
const after = tf.memory().numTensors;

const order = drawOrder("class-balanced", classIndices, count, randomStream(3, "order", 3));
const rowsOf = (features: Float32Array) =>
  Array.from({ length: count }, (_, i) => features.subarray(i * size, (i + 1) * size).join());

for (const { kind, first, ...given } of kinds) {
  const plain = first.alone.plain.features;
  const featuresAt = (of: keyof typeof first) => first[of].fused?.features ?? new Float32Array();

  test(`balancedDraws, ${kind}: the class-balanced draws of a third stage; fusion keeps them and their labels`, (t) => {
    const labels = Int32Array.from(order, (image) => set.labels[image] as number);
    t.is(plain.length, count * size);
    t.is(first.alone.fused, null);
    for (const draws of [first.alone, first.none, first.some, first.all]) {
      t.deepEqual(draws.plain, { features: plain, labels });
      if (draws.fused) t.deepEqual(draws.fused.labels, labels);
    }
  });

  test(`balancedDraws, ${kind}: p = 0 changes nothing; else the same channels of a batch come from the fusing draw`, (t) => {
    t.deepEqual(featuresAt("none"), plain);
    const [some, all] = [featuresAt("some"), featuresAt("all")];
    const masks = Array.from({ length: count }, (_, i) =>
      Array.from({ length: size }, (_, channel) => {
        const at = i * size + channel;
        t.true(some[at] === plain[at] || some[at] === all[at]);
        return some[at] === plain[at] ? 0 : 1;
      }),
    );
    // ⌊0.3 · 8⌋; a channel may happen to be equal in both.
    for (const start of [0, batchSize, 2 * batchSize]) {
      const ofBatch = masks.slice(start, start + batchSize);
      const channels = ofBatch.flatMap((mask) => [...mask.keys()].filter((channel) => mask[channel]));
      t.is(new Set(channels).size, 2);
    }
  });

  test(`balancedDraws, ${kind}: equal bits from the bank and computed again`, async (t) => {
    const views = "views" in given ? given.views : undefined;
    t.deepEqual(await drawn(path.join(folder, views === undefined ? "crops" : "views"), views), first);
    t.deepEqual(await drawn(await temporaryFolder(t), views), first);
  });
}

test("balancedDraws: an image that is drawn twice gives two points, but for one of its few views", (t) => {
  t.true(new Set(order).size < count);
  t.is(new Set(rowsOf(kinds[0].first.alone.plain.features)).size, count);
  t.true(new Set(rowsOf(kinds[1].first.alone.plain.features)).size < count);
});

test("balancedDraws: no tensor is left", (t) => {
  t.is(after, before);
});
