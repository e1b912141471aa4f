import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { balancedSoftmaxLoss } from "../../src/losses/balanced-softmax.ts";
import { crossEntropyLoss } from "../../src/losses/cross-entropy.ts";
import { testExtremeLogits, testLoss } from "../support/golden-losses.ts";

testLoss("balancedSoftmax", ([logits], labels, { classCounts }) =>
  balancedSoftmaxLoss(logits, labels, { classCounts }),
);

testExtremeLogits("balancedSoftmax", (logits, labels) =>
  balancedSoftmaxLoss(logits, labels, { classCounts: [5000, 100, 2] }),
);

test("balanced softmax: logits of 0 cost the logarithm of the class's share", (t) => {
  const loss = balancedSoftmaxLoss(tf.zeros([1, 3]), tf.tensor1d([2], "int32"), { classCounts: [5, 3, 2] });
  t.true(Math.abs(loss.arraySync() - Math.log(5)) < 1e-6);
});

test("balanced softmax: with classes of one size it is cross-entropy", (t) => {
  const logits = tf.tensor2d([1, -2, 0.5, 3, 0, -1], [2, 3]);
  const labels = tf.tensor1d([0, 2], "int32");
  const loss = balancedSoftmaxLoss(logits, labels, { classCounts: [70, 70, 70] }).arraySync();
  t.true(Math.abs(loss - crossEntropyLoss(logits, labels).arraySync()) < 1e-6);
});
