import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import type { ImageSet } from "../../src/data/image-set.ts";
import { FeatureBank } from "../../src/features/feature-bank.ts";
import { hasImages, nearly } from "../../src/features/sample.ts";
import { disposeModel, type Model } from "../../src/models/model.ts";
import type { ClassifierStage } from "../../src/stages/stage.ts";
import { smallModel } from "../support/small-model.ts";
import { tinyClassifier, tinyData, valuesOf } from "../support/tiny-training.ts";
import { newModel, trainTiny } from "../support/train-tiny.ts";

const folder = mkdtempSync(join(tmpdir(), "h2t-sample-"));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

/** Keeps under the same keys what another backbone computes, as an edit of the code does. */
const editedModel = () => smallModel(10, { kind: "linear" }, 4, 1);

async function trained(stage: ClassifierStage, bank?: FeatureBank, build: () => Model = newModel) {
  const model = build();
  await trainTiny(model, stage, bank ? { bank } : {});
  const values = valuesOf(model);
  disposeModel(model);
  return values;
}

/** As another process opens it. */
const bankIn = (name: string, shipped?: FeatureBank) =>
  new FeatureBank(join(folder, name), { model: "new" }, shipped ? { shipped } : {});

const fixed: ClassifierStage = { ...tinyClassifier, shiftBatchNorm: false };
for (const [name, stage] of [
  ["batches with shift-BN", tinyClassifier],
  ["batches without shift-BN", fixed],
  ["views", { ...fixed, views: 2 }],
  ["views in half precision", { ...fixed, views: 2, halfPrecision: true }],
] as const) {
  test.serial(`feature cache: what other code has kept is computed again: ${name}`, async (t) => {
    const expected = await trained(stage);
    await trained(stage, bankIn(name), editedModel);
    const second = bankIn(name);
    t.deepEqual(await trained(stage, second), expected);
    t.false(second.hasRead);
    const third = bankIn(name);
    t.deepEqual(await trained(stage, third), expected);
    t.true(third.hasRead, "what replaced it is read");
  });
}

for (const [kept, now, isRead] of [
  [1, 1, true],
  [1, 2, false],
  // Equal, but not in every bit.
  [0, -0, false],
] as const) {
  test.serial(`feature cache: features of a whole set, ${kept} was kept and is ${now} now`, async (t) => {
    const features = (first: number) => Float32Array.of(first, 2, 3, 4, 5, 6);
    const read = (bank: FeatureBank, first: number) =>
      bank.features(
        { branch: "test" },
        "test",
        Int32Array.of(0, 1, 2),
        2,
        async () => features(first),
        () => ({
          features: features(first).slice(0, 2),
        }),
      );
    const name = `${kept} ${Object.is(now, -0) ? "-0" : now}`;
    t.deepEqual(await read(bankIn(name), kept), features(kept));
    const second = bankIn(name);
    t.deepEqual(await read(second, now), features(now));
    t.is(second.hasRead, isRead);
  });
}

test.serial(
  "feature cache: shipped features of other code count only where there are no images to compare them with",
  async (t) => {
    const stage: ClassifierStage = { ...fixed, views: 2, halfPrecision: true };
    const ofOtherCode = await trained(stage, bankIn("shipped"), editedModel);
    const own = bankIn("own", bankIn("shipped"));
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
    const without = bankIn("none", bankIn("shipped"));
    await trainTiny(model, stage, { bank: without, data: { ...tinyData, set: labelsAlone } });
    t.deepEqual(valuesOf(model), ofOtherCode);
    t.true(without.hasRead);
    disposeModel(model);
  },
);

test("nearly: half precision's rounding and another machine's, no more", (t) => {
  t.true(nearly(1, 1 + 2 ** -11));
  t.true(nearly(0, 5e-5));
  t.false(nearly(1, 1.01));
  t.false(nearly(0, 0.001));
});
