import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { cutMix, drawBox } from "../../src/mixing/cut-mix.ts";
import { randomStream } from "../../src/random.ts";
import { drawOrder } from "../../src/samplers/draw-order.ts";
import { smallModel } from "../support/small-model.ts";
import { tinyData } from "../support/tiny-training.ts";

const mixing = { kind: "cutMix", sampler: "class-balanced", probability: 0.5, plainEpochs: 4 } as const;
const context = { ...tinyData, seed: 0, epochs: 20 };
const cut = cutMix(mixing, context);
const [height, width] = [32, 32];
const draws = (epoch: number, batches: number) => {
  const draw = cut.beginEpoch(epoch, 40);
  return Array.from({ length: batches }, () => draw(0, 4));
};
const pixelsOf = (mask: ArrayLike<number>) => Array.from(mask).reduce((sum, pixel) => sum + pixel, 0);

test("box: inside the image, its centre anywhere, and its mean area that of λ uniform, clipped at the borders", (t) => {
  const stream = randomStream(0, "cut-mix");
  const boxes = Array.from({ length: 20_000 }, () => drawBox(height, width, stream));
  for (const { top, bottom, left, right } of boxes) {
    t.true(0 <= top && top <= bottom && bottom <= height && 0 <= left && left <= right && right <= width);
  }
  const areas = boxes.map(
    ({ top, bottom, left, right }) => ((bottom - top) * (right - left)) / (height * width),
  );
  const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
  // Of side s = √u the part inside is s − s²/4 on the average, so the area E[(s − s²/4)²] = 1/2 − 1/5 + 1/48; whole pixels take 6 %.
  t.true(Math.abs(mean - (1 / 2 - 1 / 5 + 1 / 48) * 0.94) < 0.01, String(mean));
  t.true(boxes.some(({ top }) => top > 28) && boxes.some(({ right }) => right < 4 && right > 0));
});

test("CMO: λ is the share of the image that is left, in half of the batches", (t) => {
  const inputs = draws(10, 2000);
  for (const { mask, lambda } of inputs) {
    t.is(lambda?.[0], Math.fround(1 - pixelsOf(mask ?? []) / (height * width)));
  }
  const pasted = inputs.filter(({ lambda }) => (lambda?.[0] ?? 1) < 1).length;
  // Half of them but for empty boxes, which are 1 in 200; four standard deviations.
  t.true(Math.abs(pasted - 995) < 90, String(pasted));
});

test("CMO: the first four epochs and the last three are plain", (t) => {
  const isPlain = (epoch: number) => draws(epoch, 40).every(({ lambda }) => lambda?.[0] === 1);
  const plain = Array.from({ length: 20 }, (_, epoch) => epoch).filter(isPlain);
  t.deepEqual(plain, [0, 1, 2, 3, 17, 18, 19]);
});

test("CMO: patches come from the class-balanced order of a stream of their own, each epoch another", (t) => {
  const labels = (epoch: number) => [...(draws(epoch, 1)[0]?.secondLabels ?? [])];
  const order = drawOrder("class-balanced", tinyData.classIndices, 40, randomStream(0, "second-order", 1, 5));
  t.deepEqual(
    labels(5),
    Array.from(order.subarray(0, 4), (image) => tinyData.set.labels[image]),
  );
  t.notDeepEqual(labels(5), labels(6));
});

test("CMO: the box comes from the second image, the rest stays; both labels count by their pixels", (t) => {
  const model = smallModel(10);
  const seen: number[][] = [];
  const backbone = {
    ...model.backbone,
    featureMap(images: Tensor4D) {
      seen.push([...images.dataSync()]);
      return model.backbone.featureMap(images, "inference");
    },
  };
  const mask = new Float32Array(height * width);
  mask.fill(1, 0, 256);
  const labels = tf.tensor1d([1, 2], "int32");
  const { targets } = cut.forward({ ...model, backbone }, tf.zeros([2, height, width, 3]), labels, {
    secondImages: tf.ones([2, height, width, 3]),
    secondLabels: tf.tensor1d([3, 4], "int32"),
    mask: tf.tensor(mask, [height, width, 1]),
    lambda: tf.scalar(0.75),
  });
  t.deepEqual(
    targets.map((target) => [[...target.labels.dataSync()], target.share?.arraySync()]),
    [
      [[1, 2], 0.75],
      [[3, 4], 0.25],
    ],
  );
  const [pixels = []] = seen;
  const image = (start: number) => pixels.slice(start, start + height * width * 3);
  for (const start of [0, height * width * 3]) {
    t.deepEqual([...new Set(image(start).slice(0, 256 * 3))], [1]);
    t.deepEqual([...new Set(image(start).slice(256 * 3))], [0]);
  }
});
