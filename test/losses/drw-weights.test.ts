import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { drwWeights } from "../../src/losses/drw-weights.ts";
import { goldenLosses } from "../support/golden-losses.ts";
import { relativeError } from "../support/relative-error.ts";

test("DRW weights: equal PyTorch's, for 10 and 100 classes, and add up to the number of classes", (t) => {
  for (const [classes, { classCounts }] of Object.entries(goldenLosses.settings)) {
    const weights = drwWeights(classCounts, 0.9999);
    t.true(relativeError(weights, goldenLosses.drwWeights[classes] ?? []) < 1e-5);
    t.true(Math.abs(weights.reduce((sum, weight) => sum + weight) - Number(classes)) < 1e-10);
  }
});

test("DRW weights: before they are rescaled, those of 5000 and 50 images are 2.5415e-4 and 0.020049 of 1 − β^n", (t) => {
  const [many = 0, few = 0] = drwWeights([5000, 50], 0.9999);
  t.is((few / many).toPrecision(4), (0.020049 / 2.5415e-4).toPrecision(4));
});

test("DRW weights: β = 0 weighs all classes alike", (t) => {
  t.deepEqual(drwWeights([5000, 70, 2], 0), [1, 1, 1]);
});

test("DRW weights: a β of 1 or more, below 0 or not a number, and an empty class, are refused", (t) => {
  for (const beta of [1, 1.5, -0.1, Number.NaN]) {
    t.throws(() => drwWeights([2, 1], beta), {
      instanceOf: UsageError,
      code: "BETA_OUT_OF_RANGE",
      message: new RegExp(`\\[0, 1\\), got ${beta};`),
    });
  }
  t.throws(() => drwWeights([2, 0], 0.5), {
    instanceOf: UsageError,
    code: "CLASS_COUNTS_OUT_OF_RANGE",
    message: /got 0 for class 1;/,
  });
});
