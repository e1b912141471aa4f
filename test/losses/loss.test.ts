import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { balancedSoftmaxLoss } from "../../src/losses/balanced-softmax.ts";
import { crossEntropyLoss } from "../../src/losses/cross-entropy.ts";
import { drwWeights } from "../../src/losses/drw-weights.ts";
import { drawCloudNoise, gclLossOfLogits } from "../../src/losses/gcl.ts";
import { labelAwareSmoothingLoss } from "../../src/losses/label-aware-smoothing.ts";
import { ldamLossOfLogits } from "../../src/losses/ldam.ts";
import { buildLoss, type Loss } from "../../src/losses/loss.ts";
import { resltLoss } from "../../src/losses/reslt.ts";
import { rideLoss } from "../../src/losses/ride.ts";
import { randomStream } from "../../src/random.ts";
import { sequence } from "../support/sequence.ts";

const classCounts = [500, 100, 40, 20, 10, 9, 8, 7, 6, 5];
const [batch, classes] = [6, classCounts.length];
const head = (salt: number) =>
  tf.tensor2d(
    Float32Array.from(sequence(batch * classes, salt), (value) => 5 * value),
    [batch, classes],
  );
const heads = [head(1), head(2), head(3)];
const [one] = heads as [Tensor2D];
const labels = tf.tensor1d([0, 9, 3, 5, 1, 2], "int32");
const stream = () => randomStream(0, "loss", 1, 0);

/** Loss of a batch, computed with the inputs of its epoch. */
function lossIn(loss: Loss, epoch: number, of: readonly Tensor2D[]): number {
  const built = buildLoss(loss, classCounts);
  const fed = built.beginEpoch(epoch, stream())(batch);
  const inputs = Object.entries(built.inputs).map(([name, { shape }]): [string, Tensor] => [
    name,
    tf.tensor(
      fed[name] as Float32Array,
      shape.map((size) => size ?? batch),
    ),
  ]);
  return built.compute(of, labels, Object.fromEntries(inputs)).dataSync()[0] as number;
}

const close = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.abs(b);

test("loss: of one head that head's, of several their mean's", (t) => {
  const mean = tf.div<Tensor2D>(tf.addN(heads), 3);
  t.is(lossIn({ kind: "crossEntropy" }, 0, [one]), crossEntropyLoss(one, labels).arraySync());
  t.is(lossIn({ kind: "crossEntropy" }, 0, heads), crossEntropyLoss(mean, labels).arraySync());
  t.is(
    lossIn({ kind: "balancedSoftmax" }, 0, [one]),
    balancedSoftmaxLoss(one, labels, { classCounts }).arraySync(),
  );
  const smoothing = { headSmoothing: 0.4, tailSmoothing: 0.1 };
  t.is(
    lossIn({ kind: "labelAwareSmoothing", ...smoothing }, 0, [one]),
    labelAwareSmoothingLoss(one, labels, { ...smoothing, classCounts }).arraySync(),
  );
});

test("loss: LDAM weighs classes from the epoch after `reweightAfter` on, and never without", (t) => {
  const options = { scale: 30, maxMargin: 0.5 };
  const plain = ldamLossOfLogits(one, labels, { ...options, classCounts }).arraySync();
  const weighed = ldamLossOfLogits(one, labels, {
    ...options,
    classCounts,
    classWeights: drwWeights(classCounts, 0.9999),
  }).arraySync();
  const at = (epoch: number, reweightAfter: number | null) =>
    lossIn({ kind: "ldam", ...options, reweightAfter }, epoch, [one]);
  t.true(close(at(159, 160), plain));
  t.true(close(at(160, 160), weighed));
  t.true(close(at(199, null), plain));
  t.false(close(plain, weighed));
});

test("loss: GCL draws its noise from the epoch's stream", (t) => {
  const options = { scale: 20, margin: 0.1, noiseScale: 0.5, focal: 1 };
  const noise = tf.tensor2d(drawCloudNoise(batch, classes, stream()), [batch, classes]);
  t.is(
    lossIn({ kind: "gcl", ...options }, 3, [one]),
    gclLossOfLogits(one, labels, { ...options, classCounts, noise }).arraySync(),
  );
});

test("loss: RIDE re-weighs and sharpens after its epoch", (t) => {
  const options = { scale: 30, maxMargin: 0.5, diversityFactor: -0.45, reweightFactor: 0.05 };
  const expected = (reweight: boolean) =>
    rideLoss(heads, labels, { ...options, classCounts, temperature: 1, reweight }).arraySync();
  const at = (epoch: number) => lossIn({ kind: "ride", ...options, reweightAfter: 160 }, epoch, heads);
  t.true(close(at(159), expected(false)));
  t.true(close(at(160), expected(true)));
});

test("loss: ResLT's groups begin at their shares of the classes", (t) => {
  const loss: Loss = { kind: "reslt", beta: 0.9, mediumFrom: 0.2, tailFrom: 0.4 };
  t.is(lossIn(loss, 0, heads), resltLoss(heads, labels, { groupStarts: [0, 2, 4], beta: 0.9 }).arraySync());
});
