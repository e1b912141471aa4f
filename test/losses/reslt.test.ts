import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { UsageError } from "../../src/errors.ts";
import { resltLoss } from "../../src/losses/reslt.ts";
import { testExtremeLogits, testLoss } from "../support/golden-losses.ts";

testLoss("reslt", (heads, labels, { groupStarts }) => resltLoss(heads, labels, { groupStarts, beta: 0.4 }));

testLoss(
  "reslt, a batch without medium and tail",
  (heads, labels, { groupStarts }) => resltLoss(heads, tf.zerosLike(labels), { groupStarts, beta: 0.4 }),
  "resltHeadOnly",
);

testExtremeLogits("reslt", (logits, labels) =>
  resltLoss([logits, tf.neg(logits), logits], labels, { groupStarts: [0, 1, 2], beta: 0.995 }),
);

test("ResLT: a probability of 0 costs −log 1e-7, and two branches do", (t) => {
  const logits = tf.tensor2d([[-1e4, 1e4]]);
  const loss = resltLoss([logits, logits], tf.tensor1d([0], "int32"), { groupStarts: [0, 1], beta: 0.5 });
  t.true(Math.abs(loss.arraySync() + Math.log(1e-7)) < 1e-5);
});

test("ResLT: groups that do not fit the branches, or leave classes without any, are refused", (t) => {
  const logits = tf.tensor2d([[0, 0, 0, 0]]);
  const labels = tf.tensor1d([0], "int32");
  for (const groupStarts of [[0, 2], [1, 2, 3], []]) {
    t.throws(() => resltLoss([logits, logits, logits], labels, { groupStarts, beta: 0.5 }), {
      instanceOf: UsageError,
      code: "GROUP_STARTS_INVALID",
      message: new RegExp(`got \\[${groupStarts.join(", ")}\\] for 3 branches;`),
    });
  }
});
