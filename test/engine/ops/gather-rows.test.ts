import test from "ava";
import { gatherRows } from "../../../src/engine/ops/gather-rows.ts";
import { tf } from "../../../src/engine/tensorflow.ts";

test("gathered rows: in the order asked for, repeats allowed, of numbers and of labels", (t) => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
  const rows = tf.tensor1d([2, 0, 2, 1], "int32");
  const before = tf.memory().numTensors;
  const gathered = gatherRows(x, rows);
  t.is(tf.memory().numTensors, before + 1);
  t.deepEqual(gathered.arraySync(), [
    [5, 6],
    [1, 2],
    [5, 6],
    [3, 4],
  ]);
  const labels = gatherRows(tf.tensor1d([7, 8, 9], "int32"), rows);
  t.is(labels.dtype, "int32");
  t.deepEqual(labels.arraySync(), [9, 7, 9, 8]);
});

test("gathered rows: a row that is not there is TensorFlow's error, not a number", (t) => {
  const message = /indices\[0\] = 3 is not in \[0, 3\)/;
  t.throws(() => gatherRows(tf.tensor1d([1, 2, 3]), tf.tensor1d([3], "int32")), { message });
});
