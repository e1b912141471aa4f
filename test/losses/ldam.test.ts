import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { drwWeights } from "../../src/losses/drw-weights.ts";
import { ldamLoss, ldamLossOfLogits, ldamMargins } from "../../src/losses/ldam.ts";
import { testExtremeLogits, testLoss } from "../support/golden-losses.ts";

const published = { maxMargin: 0.5, scale: 30 };

testLoss("ldam", ([logits], labels, { classCounts }) =>
  ldamLossOfLogits(logits, labels, { ...published, classCounts }),
);

testLoss("ldamDrw", ([logits], labels, { classCounts }) => {
  const classWeights = drwWeights(classCounts, 0.9999);
  return ldamLossOfLogits(logits, labels, { ...published, classCounts, classWeights });
});

testLoss(
  "ldamDrw of cosines, weights as a tensor",
  ([logits], labels, { classCounts }) => {
    const classWeights = tf.tensor1d(drwWeights(classCounts, 0.9999));
    return ldamLoss(tf.div(logits, 30), labels, { ...published, classCounts, classWeights });
  },
  "ldamDrw",
);

testExtremeLogits("ldam", (logits, labels) =>
  ldamLossOfLogits(logits, labels, { ...published, classCounts: [5000, 100, 2] }),
);

test("LDAM margins: CIFAR-10-LT of ratio 100 has 0.158114 for the most frequent class and 0.5 for the rarest", (t) => {
  const margins = ldamMargins([5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50], 0.5);
  t.is(margins[0]?.toFixed(6), "0.158114");
  t.is(margins[9], 0.5);
  t.deepEqual(margins, margins.toSorted());
});
