import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { fillTestBatch } from "../../src/data/batches/batch.ts";
import type { ImageSet } from "../../src/data/image-set.ts";
import { generateGlyphs } from "../../src/data/sources/glyphs/glyphs.ts";
import { compile } from "../../src/engine/compile.ts";
import { buildPredictor } from "../../src/features/predict.ts";
import { modelVariables, pool } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";

const { test: set } = generateGlyphs({ numClasses: 10, trainPerClass: 1, testPerClass: 51, seed: 0 });
const model = resnet32(10);
const predictor = buildPredictor(model, [32, 32, 3]);

/** Logits of a whole set in one pass of one graph. */
function logitsAtOnce(images: ImageSet): Float32Array {
  const { backbone, classifier } = model;
  const step = compile(
    ({ x }) => ({ logits: classifier.logits(pool(backbone.featureMap(x as Tensor4D, "inference"))) }),
    {
      inputs: { x: { shape: [null, 32, 32, 3], dtype: "float32" } },
      variables: [...modelVariables(model).values()],
    },
  );
  const x = new Float32Array(images.pixels.length);
  fillTestBatch(
    x,
    images,
    images.labels.map((_, i) => i),
  );
  const { logits } = step.run({ x });
  step.dispose();
  return logits as Float32Array;
}

const first = (count: number): ImageSet => ({
  ...set,
  labels: set.labels.slice(0, count),
  pixels: set.pixels.subarray(0, count * 32 * 32 * 3),
});

for (const [count, what] of [
  [510, "a whole and a partial batch"],
  [130, "parts of unequal size"],
  [1, "one image"],
] as const) {
  test.serial(`prediction: ${what} give the logits of one pass over all images, bit for bit`, async (t) => {
    const logits = predictor.logits(await predictor.features(first(count)));
    t.is(logits.length, count * 10);
    t.deepEqual(logits, logitsAtOnce(first(count)));
    t.true(new Set(logits).size > logits.length / 2);
  });
}
