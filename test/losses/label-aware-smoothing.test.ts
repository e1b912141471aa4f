import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { crossEntropyLoss } from "../../src/losses/cross-entropy.ts";
import { labelAwareSmoothingLoss, smoothings } from "../../src/losses/label-aware-smoothing.ts";
import { testExtremeLogits, testLoss } from "../support/golden-losses.ts";

const published = { headSmoothing: 0.4, tailSmoothing: 0.1 };

testLoss("labelAwareSmoothing", ([logits], labels, { classCounts }) =>
  labelAwareSmoothingLoss(logits, labels, { ...published, classCounts }),
);

testExtremeLogits("labelAwareSmoothing", (logits, labels) =>
  labelAwareSmoothingLoss(logits, labels, { ...published, classCounts: [5000, 100, 2] }),
);

test("smoothings: the head's and the tail's at the ends, and a quarter of a sine between them", (t) => {
  const [head, middle, tail] = smoothings([500, 252.5, 5], 0.4, 0.1);
  t.deepEqual([head, tail], [0.4, 0.1]);
  t.is(middle, 0.1 + (0.4 - 0.1) * Math.sin(Math.PI / 4));
});

test("smoothings: classes of one size all get the head's smoothing", (t) => {
  t.deepEqual(smoothings([70, 70], 0.4, 0.1), [0.4, 0.4]);
});

test("label-aware smoothing: without smoothing it is cross-entropy", (t) => {
  const logits = tf.tensor2d([1, -2, 0.5, 3, 0, -1], [2, 3]);
  const labels = tf.tensor1d([0, 2], "int32");
  const options = { classCounts: [5, 3, 2], headSmoothing: 0, tailSmoothing: 0 };
  t.deepEqual(
    labelAwareSmoothingLoss(logits, labels, options).arraySync(),
    crossEntropyLoss(logits, labels).arraySync(),
  );
});
