import { createHash } from "node:crypto";
import test from "ava";
import { loadDataset } from "../../../../src/data/packs/load-dataset.ts";
import type { Progress } from "../../../../src/data/progress.ts";
import { shapes } from "../../../../src/data/sources/glyphs/glyph-shapes.ts";
import { generateGlyphs } from "../../../../src/data/sources/glyphs/glyphs.ts";
import { temporaryFolder } from "../../../support/class-folders.ts";

const small = { numClasses: 10, trainPerClass: 4, testPerClass: 2, seed: 0 } as const;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("generateGlyphs: a seed always gives the same bytes", (t) => {
  const { train, test: tested } = generateGlyphs(small);
  t.is(sha256(train.pixels), "a4b6cf211f9d89dfbde4ae8f2e198e173480c5067053d5b494a51b0704725f5f");
  t.is(sha256(tested.pixels), "49d5eb94b2015c476e7431b012c9a76d5c0ba7bc60bf4addd80427c8d914ded0");
});

test("generateGlyphs: images are ordered by class, and classes are named after their shapes", (t) => {
  const { name, origin, classNames, train, test: tested } = generateGlyphs(small);
  t.deepEqual([name, origin], ["glyphs-10", "generated"]);
  t.deepEqual(classNames.slice(0, 3), ["disc", "square", "triangle"]);
  t.deepEqual(Array.from(train.labels.subarray(2, 10)), [0, 0, 1, 1, 1, 1, 2, 2]);
  t.deepEqual(Array.from(tested.labels.subarray(16)), [8, 8, 9, 9]);
  t.is(train.pixels.length, 40 * 3072);
});

test("generateGlyphs: the first images of a class do not depend on the number of images per class", (t) => {
  const few = generateGlyphs(small).train.pixels;
  const more = generateGlyphs({ ...small, trainPerClass: 6 }).train.pixels;
  const ofClass = (pixels: Uint8Array, label: number, perClass: number) =>
    pixels.subarray(label * perClass * 3072, (label * perClass + 4) * 3072);
  for (const label of [0, 5, 9]) t.deepEqual(ofClass(more, label, 6), ofClass(few, label, 4));
});

test("generateGlyphs: no image occurs twice in or across splits and seeds", (t) => {
  const sets = [generateGlyphs(small), generateGlyphs({ ...small, seed: 1 })].flatMap((set) => [
    set.train,
    set.test,
  ]);
  const hashes = sets.flatMap(({ pixels }) =>
    Array.from({ length: pixels.length / 3072 }, (_, i) => sha256(pixels.subarray(3072 * i, 3072 * (i + 1)))),
  );
  t.is(new Set(hashes).size, 2 * (40 + 20));
});

test("generateGlyphs: the 100 classes pair every shape with every fill, and ten consecutive classes have each once", (t) => {
  const { classNames, train } = generateGlyphs({
    ...small,
    numClasses: 100,
    trainPerClass: 1,
    testPerClass: 1,
  });
  t.is(new Set(classNames).size, 100);
  t.is(train.numClasses, 100);
  for (let start = 0; start < 100; start += 10) {
    const ten = classNames.slice(start, start + 10).map((name) => name.split(" "));
    t.is(new Set(ten.map(([fill]) => fill)).size, 10);
    t.is(new Set(ten.map(([, shape]) => shape)).size, 10);
  }
});

test("generateGlyphs: reports progress up to the last image", (t) => {
  const seen: Progress[] = [];
  generateGlyphs({ ...small, onProgress: (progress) => seen.push(progress) });
  t.deepEqual(seen.at(-1), { step: "draw", done: 60, total: 60, unit: "images" });
  t.deepEqual(
    seen.map(({ done }) => done),
    seen.map(({ done }) => done).sort((a, b) => a - b),
  );
});

test("generateGlyphs: options out of range are rejected", (t) => {
  t.throws(() => generateGlyphs({ ...small, trainPerClass: 0 }), {
    name: "UsageError",
    code: "GLYPH_OPTION_OUT_OF_RANGE",
  });
  const error = t.throws(() => generateGlyphs({ ...small, seed: -1 }), { code: "GLYPH_OPTION_OUT_OF_RANGE" });
  t.regex(error?.message ?? "", /seed.*-1/);
  t.throws(() => generateGlyphs({ ...small, numClasses: 11 as 10 }), { code: "GLYPH_CLASS_COUNT" });
});

test("shapes: each extends at most 1.25 from its centre, and its distance changes no faster than the position", (t) => {
  for (const { name, distance } of shapes) {
    for (let i = 0; i < 360; i++) {
      const [x, y] = [Math.cos((i * Math.PI) / 180), Math.sin((i * Math.PI) / 180)];
      t.true(distance(1.25 * x, 1.25 * y) > 0, `${name} reaches beyond 1.25 at ${i}°`);
      // A signed distance never changes by more than the distance moved.
      const change = distance(0.9 * x, 0.9 * y) - distance(0.6 * x, 0.6 * y);
      t.true(Math.abs(change) <= 0.3 + 1e-12, `${name} changes by ${change} over 0.3 at ${i}°`);
    }
  }
});

test("loadDataset: generates and packs missing glyphs", async (t) => {
  const dataDir = await temporaryFolder(t);
  const generated = await loadDataset("glyphs-10", dataDir);
  t.is(generated.train.labels.length, 5000);
  t.is(generated.test.labels.length, 1000);
  t.is((await loadDataset("glyphs-10", dataDir)).digest, generated.digest);
});
