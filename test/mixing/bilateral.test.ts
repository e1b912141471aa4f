import type { Scalar, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { bilateral, conventionalShare } from "../../src/mixing/bilateral.ts";
import { buildModel } from "../../src/models/build-model.ts";
import { pool } from "../../src/models/model.ts";
import { sequence } from "../support/sequence.ts";
import { tinyData } from "../support/tiny-training.ts";

test("BBN: the conventional branch's share falls along a parabola", (t) => {
  t.is(conventionalShare(0, 200), 1);
  t.is(conventionalShare(100, 200), 0.75);
  t.is(conventionalShare(199, 200), 1 - (199 / 200) ** 2);
});

test("BBN: each batch through its own branch, features by twice their shares, labels by theirs", (t) => {
  const model = buildModel({ kind: "bilateral" }, { kind: "linear" }, 10, 0);
  const { backbone, classifier } = model;
  const images = (salt: number) =>
    tf.tensor4d(Float32Array.from(sequence(2 * 32 * 32 * 3, salt)), [2, 32, 32, 3]);
  const labels = tf.tensor1d([1, 2], "int32");
  const mixing = bilateral("reversed", { ...tinyData, seed: 0, epochs: 10 });
  const { heads, targets } = mixing.forward(model, images(1), labels, {
    secondImages: images(2),
    secondLabels: tf.tensor1d([3, 4], "int32"),
    share: tf.scalar(0.75) as Scalar,
  });
  t.deepEqual(
    targets.map((target) => [[...target.labels.dataSync()], target.share?.arraySync()]),
    [
      [[1, 2], 0.75],
      [[3, 4], 0.25],
    ],
  );
  const [first, second] = [0, 1].map((branch) => {
    const nothing = () => {};
    return pool(backbone.featureMap(images(branch + 1), nothing, branch));
  }) as [Tensor2D, Tensor2D];
  const features: Tensor2D = tf.concat([tf.mul(first, 1.5), tf.mul(second, 0.5)], 1);
  t.deepEqual(heads[0]?.arraySync(), classifier.logits(features).arraySync());
});
