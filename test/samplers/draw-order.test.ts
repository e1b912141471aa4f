import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { randomStream } from "../../src/random.ts";
import { drawOrder } from "../../src/samplers/draw-order.ts";
import { type SamplerName, samplerNames } from "../../src/samplers/sampler.ts";
import { chiSquare, chiSquareLimit, tally } from "../support/goodness-of-fit.ts";

/** Ten images: 0–5 of class 0, 6–8 of class 1, 9 of class 2. */
const classIndices = [Int32Array.of(0, 1, 2, 3, 4, 5), Int32Array.of(6, 7, 8), Int32Array.of(9)];
const draw = (sampler: SamplerName, length: number, epoch = 1) =>
  Array.from(drawOrder(sampler, classIndices, length, randomStream(0, "order", epoch)));

const sequences: Record<SamplerName, readonly number[]> = {
  instance: [4, 8, 7, 1, 0, 2, 5, 9, 6, 3, 9, 3, 0, 1, 8, 6, 7, 2, 4, 5],
  "class-balanced": [9, 2, 9, 1, 9, 8, 9, 9, 1, 3, 1, 8, 6, 7, 2, 9, 9, 4, 9, 5],
  reversed: [9, 9, 9, 2, 9, 9, 6, 9, 9, 9, 2, 7, 6, 6, 9, 9, 9, 9, 9, 9],
  "class-aware": [0, 5, 1, 4, 6, 8, 7, 8, 9, 9, 9, 9, 7, 6, 6, 7, 2, 3, 2, 1],
};
for (const sampler of samplerNames) {
  test(`${sampler}: exact sequence for seed 0, epoch 1`, (t) => {
    t.deepEqual(draw(sampler, 20), sequences[sampler]);
  });

  test(`${sampler}: the class lists stay as they were`, (t) => {
    const before = structuredClone(classIndices);
    draw(sampler, 50);
    t.deepEqual(classIndices, before);
  });
}

test("instance: one epoch is a permutation, and another one in the next epoch", (t) => {
  const epochs = [1, 2].map((epoch) => draw("instance", 10, epoch));
  for (const order of epochs) t.deepEqual([...order].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  t.notDeepEqual(epochs[0], epochs[1]);
});

test("instance: every image is equally likely to come first, and to come last", (t) => {
  const orders = Array.from({ length: 10_000 }, (_, epoch) => draw("instance", 10, epoch));
  for (const place of [0, 9]) {
    const counts = tally(
      orders.map((order) => order[place] ?? -1),
      10,
    );
    t.true(chiSquare(counts, new Array<number>(10).fill(0.1)) < chiSquareLimit[9], `place ${place}`);
  }
});

test("class-balanced: an image of class c comes with probability 1/(C·n_c)", (t) => {
  const expected = [6, 6, 6, 6, 6, 6, 3, 3, 3, 1].map((count) => 1 / (3 * count));
  t.true(chiSquare(tally(draw("class-balanced", 50_000), 10), expected) < chiSquareLimit[9]);
});

test("reversed: an image of class c comes with probability (1/n_c)² / Σ 1/n", (t) => {
  const total = 1 / 6 + 1 / 3 + 1;
  const expected = [6, 6, 6, 6, 6, 6, 3, 3, 3, 1].map((count) => 1 / count ** 2 / total);
  t.true(chiSquare(tally(draw("reversed", 50_000), 10), expected) < chiSquareLimit[9]);
});

test("class-aware: every three visits of four images see each class once", (t) => {
  const classOf = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2];
  const order = draw("class-aware", 1200).map((image) => classOf[image] ?? -1);
  const visits = Array.from({ length: 300 }, (_, v) => order.slice(4 * v, 4 * v + 4));
  for (const visit of visits) t.is(new Set(visit).size, 1);
  for (let v = 0; v < 300; v += 3) {
    const classes = visits.slice(v, v + 3).map((visit) => visit[0] ?? -1);
    t.deepEqual(classes.sort(), [0, 1, 2]);
  }
});

test("class-aware: all images of a class are drawn before one repeats", (t) => {
  const ofClassZero = draw("class-aware", 1200).filter((image) => image < 6);
  t.is(ofClassZero.length, 400);
  for (let i = 0; i + 6 <= ofClassZero.length; i += 6) {
    t.deepEqual(ofClassZero.slice(i, i + 6).sort(), [0, 1, 2, 3, 4, 5]);
  }
});

test("class-aware: every order of the class list is equally likely", (t) => {
  const orders = Array.from({ length: 6000 }, (_, epoch) => draw("class-aware", 12, epoch));
  const firstClass = orders.map(([image = -1]) => (image < 6 ? 0 : image < 9 ? 1 : 2));
  t.true(chiSquare(tally(firstClass, 3), [1 / 3, 1 / 3, 1 / 3]) < chiSquareLimit[2]);
});

test("draw order: no images are drawn for length 0", (t) => {
  t.deepEqual(draw("reversed", 0), []);
});

test("draw order: an empty class is named", (t) => {
  t.throws(() => drawOrder("reversed", [[0], [], [1]], 4, randomStream(0, "order")), {
    instanceOf: UsageError,
    code: "CLASS_WITHOUT_IMAGES",
    message: /class 1/,
  });
  t.throws(() => drawOrder("instance", [], 4, randomStream(0, "order")), {
    instanceOf: UsageError,
    code: "CLASS_WITHOUT_IMAGES",
  });
});

test("draw order: a fractional length is refused", (t) => {
  t.throws(() => draw("instance", 2.5), {
    instanceOf: UsageError,
    code: "LENGTH_OUT_OF_RANGE",
    message: /at least 0, got 2\.5;/,
  });
});
