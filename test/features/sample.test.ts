import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import type { ImageSet } from "../../src/data/image-set.ts";
import { FeatureCache } from "../../src/features/feature-bank.ts";
import { hasImages, nearly } from "../../src/features/sample.ts";
import { disposeModel, type Model } from "../../src/models/model.ts";
import type { ClassifierStage } from "../../src/stages/stage.ts";
import { smallModel } from "../support/small-model.ts";
import { tinyClassifier, tinyData, valuesOf } from "../support/tiny-training.ts";
import { newModel, trainTiny } from "../support/train-tiny.ts";

const folder = mkdtempSync(join(tmpdir(), "h2t-sample-"));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

/** Another backbone under the same cache keys, as after an edit of the code. */
const editedModel = () => smallModel(10, { kind: "linear" }, 4, 1);

async function trained(stage: ClassifierStage, cache?: FeatureCache, build: () => Model = newModel) {
  const model = build();
  await trainTiny(model, stage, { cache });
  const values = valuesOf(model);
  disposeModel(model);
  return values;
}

/** Opens a cache as another process would. */
const cacheIn = (name: string, shipped?: FeatureCache) =>
  new FeatureCache(join(folder, name), { model: "new" }, { shipped });

const fixed: ClassifierStage = { ...tinyClassifier, shiftBatchNorm: false };
for (const [name, stage] of [
  ["batches with shift-BN", tinyClassifier],
  ["batches without shift-BN", fixed],
  ["views", { ...fixed, views: 2 }],
  ["views in half precision", { ...fixed, views: 2, halfPrecision: true }],
] as const) {
  test.serial(`feature cache: features of other code are recomputed: ${name}`, async (t) => {
    const expected = await trained(stage);
    await trained(stage, cacheIn(name), editedModel);
    const second = cacheIn(name);
    t.deepEqual(await trained(stage, second), expected);
    t.false(second.hasRead);
    const third = cacheIn(name);
    t.deepEqual(await trained(stage, third), expected);
    t.true(third.hasRead, "the replacement is read");
  });
}

for (const [stored, now, isRead] of [
  [1, 1, true],
  [1, 2, false],
  // Equal, but not in every bit.
  [0, -0, false],
] as const) {
  test.serial(
    `feature cache: features of a whole set, ${stored} was stored and ${now} is computed`,
    async (t) => {
      const features = (first: number) => Float32Array.of(first, 2, 3, 4, 5, 6);
      const read = (cache: FeatureCache, first: number) =>
        cache.features(
          { branch: "test" },
          "test",
          Int32Array.of(0, 1, 2),
          2,
          async () => features(first),
          () => ({
            features: features(first).slice(0, 2),
          }),
        );
      const name = `${stored} ${Object.is(now, -0) ? "-0" : now}`;
      t.deepEqual(await read(cacheIn(name), stored), features(stored));
      const second = cacheIn(name);
      t.deepEqual(await read(second, now), features(now));
      t.is(second.hasRead, isRead);
    },
  );
}

test.serial(
  "feature cache: shipped features of other code are used only if there are no images to compare with",
  async (t) => {
    const stage: ClassifierStage = { ...fixed, views: 2, halfPrecision: true };
    const ofOtherCode = await trained(stage, cacheIn("shipped"), editedModel);
    const own = cacheIn("own", cacheIn("shipped"));
    t.deepEqual(await trained(stage, own), await trained(stage));
    t.false(own.hasRead);

    const labelsAlone: ImageSet = Object.defineProperty({ ...tinyData.set }, "pixels", {
      get: () => {
        throw new Error("no images here");
      },
    });
    t.false(hasImages(labelsAlone));
    t.true(hasImages(tinyData.set));
    const model = editedModel();
    const without = cacheIn("none", cacheIn("shipped"));
    await trainTiny(model, stage, { cache: without, data: { ...tinyData, set: labelsAlone } });
    t.deepEqual(valuesOf(model), ofOtherCode);
    t.true(without.hasRead);
    disposeModel(model);
  },
);

test("nearly: allows half-precision rounding and machine differences, no more", (t) => {
  t.true(nearly(1, 1 + 2 ** -11));
  t.true(nearly(0, 5e-5));
  t.false(nearly(1, 1.01));
  t.false(nearly(0, 0.001));
});
