import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { UsageError } from "../../src/errors.ts";
import { drwWeights } from "../../src/losses/drw-weights.ts";
import { diversityTemperatures, rideLoss, rideLossAtTemperatures } from "../../src/losses/ride.ts";
import { testExtremeLogits, testLoss } from "../support/golden-losses.ts";

const published = { maxMargin: 0.5, scale: 30, diversityFactor: -0.45 };

testLoss("ride", (heads, labels, { classCounts }) =>
  rideLoss(heads, labels, {
    ...published,
    classCounts,
    temperature: 1,
    reweight: false,
    reweightFactor: 0.05,
  }),
);

testLoss("rideReweighted", (heads, labels, { classCounts }) =>
  rideLoss(heads, labels, {
    ...published,
    classCounts,
    temperature: 1,
    reweight: true,
    reweightFactor: 0.05,
  }),
);

testLoss(
  "rideReweighted, weights and temperatures as tensors",
  (heads, labels, { classCounts }) =>
    rideLossAtTemperatures(heads, labels, {
      ...published,
      classCounts,
      temperatures: tf.tensor1d(diversityTemperatures(classCounts, 0.05)),
      classWeights: tf.tensor1d(drwWeights(classCounts, 0.9999)),
    }),
  "rideReweighted",
);

testExtremeLogits("ride", (logits, labels) =>
  rideLossAtTemperatures([logits, tf.neg(logits)], labels, {
    ...published,
    classCounts: [5000, 100, 2],
    temperatures: tf.tensor1d(diversityTemperatures([5000, 100, 2], 0.05)),
  }),
);

test("RIDE: a temperature of T scales the divergence by T² and the logits in it by 1/T", (t) => {
  const heads = [tf.tensor2d([[2, -4]]), tf.tensor2d([[-2, 0]])];
  const labels = tf.tensor1d([0], "int32");
  const options = { ...published, classCounts: [7, 7], reweight: false, reweightFactor: 0.05 };
  const divergence = (temperature: number, scaled: number) => {
    const given = heads.map((head) => tf.mul<typeof head>(head, scaled));
    const at = (diversityFactor: number) =>
      rideLoss(given, labels, { ...options, temperature, diversityFactor }).arraySync();
    return at(1) - at(0);
  };
  t.true(divergence(1, 1) > 0.1);
  t.true(Math.abs(divergence(2, 2) / divergence(1, 1) - 4) < 1e-4);
});

test("diversity temperatures: 1 for the most frequent class, less for every other, all 1 for f = 0", (t) => {
  const temperatures = diversityTemperatures([5000, 500, 2], 0.05);
  t.is(temperatures[0], 1);
  t.deepEqual(temperatures, temperatures.toSorted().reverse());
  t.true(temperatures.every((temperature, i) => i === 0 || (temperature > 0 && temperature < 1)));
  t.deepEqual(diversityTemperatures([5000, 500, 2], 0), [1, 1, 1]);
});

test("diversity temperatures: a factor outside [0, 1] is refused", (t) => {
  for (const factor of [-0.1, 1.5, Number.NaN]) {
    t.throws(() => diversityTemperatures([2, 1], factor), {
      instanceOf: UsageError,
      code: "REWEIGHT_FACTOR_OUT_OF_RANGE",
      message: new RegExp(`\\[0, 1\\], got ${factor};`),
    });
  }
});
