import test from "ava";
import { fillTrainingBatch } from "../../src/data/batches/batch.ts";
import { imageViews } from "../../src/features/image-views.ts";
import { randomStream } from "../../src/random.ts";
import { tinyData } from "../support/tiny-training.ts";

const { set, classIndices } = tinyData;
const pixelsOf = 32 * 32 * 3;

test("views: view v of all images, class by class, is one pass of augmentation by the stream of v", (t) => {
  const views = imageViews(tinyData, 3);
  t.deepEqual(views.images, Int32Array.from(classIndices.flatMap((indices) => [...indices])));
  for (const view of [0, 1, 2]) {
    const expected = new Float32Array(40 * pixelsOf);
    fillTrainingBatch(expected, set, views.images, randomStream(0, "views", view));
    const places = Array.from({ length: 40 }, (_, i) => i);
    t.deepEqual(views.pixels(places, Array(40).fill(view)), expected);
    const image = views.images[7] as number;
    t.is(views.placeOf(image), 7);
    t.deepEqual(views.pixels([7], [view]), expected.slice(7 * pixelsOf, 8 * pixelsOf));
  }
});
