import { readFileSync } from "node:fs";
import test from "ava";
import { FailureError, UsageError } from "../../src/errors.ts";
import { accuracyByClass } from "../../src/evaluation/accuracy-by-class.ts";
import { expectedCalibrationError } from "../../src/evaluation/calibration-error.ts";
import { confusionMatrix } from "../../src/evaluation/confusion-matrix.ts";
import { evaluatePredictions } from "../../src/evaluation/evaluate-predictions.ts";
import { predictedClasses } from "../../src/evaluation/predicted-classes.ts";
import { softmax } from "../../src/evaluation/softmax.ts";
import { evaluationSchema } from "../../src/runs/record.ts";
import { longTailedCounts } from "../../src/splits/long-tailed-counts.ts";

interface Golden {
  readonly labels: number[];
  readonly logits: number[];
  readonly accuracy: number;
  readonly perClassAccuracy: number[];
  readonly byIndex: Record<"head" | "medium" | "tail", number>;
  readonly confusion: number[][];
  readonly calibration: { bins: number; ece: number; mce: number; counts: number[] }[];
}
const golden: Golden = JSON.parse(
  readFileSync(new URL("../golden/evaluation.json", import.meta.url), "utf8"),
);
const classCounts = longTailedCounts(5000, 10, 100);
/** Equal to a few units in the last place of double precision. */
const close = (a: number, b: number) => Math.abs(a - b) < 1e-14;

test("evaluation: accuracies and calibration equal NumPy's", (t) => {
  const measures = evaluatePredictions({ logits: golden.logits, labels: golden.labels, classCounts });
  t.is(measures.accuracy, golden.accuracy);
  t.deepEqual(measures.perClassAccuracy, golden.perClassAccuracy);
  for (const name of ["head", "medium", "tail"] as const) {
    t.true(close(measures.groups.byIndex[name] ?? Number.NaN, golden.byIndex[name]), name);
  }
  t.true(close(measures.calibration.ece, golden.calibration[0]?.ece ?? Number.NaN));
  t.true(close(measures.calibration.mce, golden.calibration[0]?.mce ?? Number.NaN));
});

test("evaluation: by count, CIFAR-10-LT at ratio 100 has no tail", (t) => {
  const { groups, perClassAccuracy } = evaluatePredictions({
    logits: golden.logits,
    labels: golden.labels,
    classCounts,
  });
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  t.is(groups.byCount.tail, null);
  t.true(close(groups.byCount.head ?? Number.NaN, mean(perClassAccuracy.slice(0, 8))));
  t.true(close(groups.byCount.medium ?? Number.NaN, mean(perClassAccuracy.slice(8))));
});

test("evaluation: with an epoch it is an evaluation of a run record", (t) => {
  const measures = evaluatePredictions({ logits: golden.logits, labels: golden.labels, classCounts });
  t.deepEqual(evaluationSchema.parse({ epoch: 1, ...measures }), { epoch: 1, ...measures });
});

test("evaluation: logits and labels stay as they were", (t) => {
  const logits = Float32Array.from(golden.logits);
  const labels = Int32Array.from(golden.labels);
  evaluatePredictions({ logits, labels, classCounts });
  t.deepEqual(logits, Float32Array.from(golden.logits));
  t.deepEqual(labels, Int32Array.from(golden.labels));
});

test("evaluation: a wrong number of logits is refused", (t) => {
  t.throws(() => evaluatePredictions({ logits: [1, 2, 3], labels: [0, 1], classCounts }), {
    instanceOf: UsageError,
    message:
      "logits must hold 10 numbers for each label, got 3 logits for 2 labels; pass both for the same images",
  });
});

for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`evaluation: a logit of ${broken} is a failure, not an accuracy`, (t) => {
    const logits = golden.logits.with(23, broken);
    t.throws(() => evaluatePredictions({ logits, labels: golden.labels, classCounts }), {
      instanceOf: FailureError,
      message: `logits and probabilities must be finite, got ${broken} at image 2, class 3; lower the learning rate, or go on from an earlier checkpoint`,
    });
  });
}

test("calibration: counts by bin, ECE and MCE equal NumPy's with 15 and with 10 bins", (t) => {
  const probabilities = softmax(golden.logits, 10);
  for (const { bins, ece, mce, counts } of golden.calibration) {
    const found = expectedCalibrationError(probabilities, golden.labels, bins);
    t.true(close(found.ece, ece));
    t.true(close(found.mce, mce));
    t.deepEqual(
      found.bins.map((bin) => bin.count),
      counts,
    );
  }
});

test("calibration: by hand with two bins", (t) => {
  // (0, 0.5] holds 0.5 (right) and 0.5 (wrong): no gap. (0.5, 1] holds 0.75 (right) and 1 (wrong): |1/2 − 7/8|.
  const rows = [
    [0.75, 0.25],
    [0, 1],
    [0.5, 0.5],
    [0.5, 0.5],
  ];
  t.deepEqual(expectedCalibrationError(rows, [0, 0, 0, 1], 2), {
    ece: 0.1875,
    mce: 0.375,
    bins: [
      { above: 0, upTo: 0.5, count: 2, accuracy: 0.5, confidence: 0.5 },
      { above: 0.5, upTo: 1, count: 2, accuracy: 0.5, confidence: 0.875 },
    ],
  });
});

test("calibration: each bound belongs to the bin below it, in single and in double precision", (t) => {
  for (let b = 1; b <= 15; b++) {
    for (const round of [Math.fround, (x: number) => x]) {
      const confidence = round(b / 15);
      const rest = new Array<number>(15).fill((1 - confidence) / 15);
      const { bins } = expectedCalibrationError([confidence, ...rest], [0]);
      t.is(
        bins.findIndex((bin) => bin.count === 1),
        b - 1,
        `${b}/15`,
      );
    }
  }
});

test("calibration: a confidence that rounding lifted above 1 lies in the last bin", (t) => {
  t.is(expectedCalibrationError([1 + 2 ** -23, 0], [0]).bins[14]?.count, 1);
});

test("calibration: an empty bin has no accuracy", (t) => {
  t.deepEqual(expectedCalibrationError([1, 0], [0]).bins[0], {
    above: 0,
    upTo: 1 / 15,
    count: 0,
    accuracy: null,
    confidence: null,
  });
});

test("calibration: bins that are no whole number and unequal lengths are refused", (t) => {
  t.throws(() => expectedCalibrationError([1, 0], [0], 0), {
    instanceOf: UsageError,
    message: "bins must be a whole number of at least 1, got 0; use 15",
  });
  t.throws(() => expectedCalibrationError([1, 0, 1], [0, 1]), {
    instanceOf: UsageError,
    message: /^probabilities must hold one row of classes for each label, got 3 probabilities for 2 labels; /,
  });
});

test("confusion matrix: rows are true classes and equal NumPy's", (t) => {
  t.deepEqual(confusionMatrix([2, 0, 1], [0, 0, 1], 3), [
    [1, 0, 1],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  t.deepEqual(confusionMatrix(predictedClasses(golden.logits, 10), golden.labels, 10), golden.confusion);
});

test("confusion matrix: an entry that is no class, and unequal lengths, are refused", (t) => {
  t.throws(() => confusionMatrix([0, 3], [0, 1], 3), {
    instanceOf: UsageError,
    message:
      "labels and predictions must be whole numbers from 0 to 2, got label 1 with prediction 3 at image 1; check the number of classes",
  });
  t.throws(() => confusionMatrix([0], [0, 1], 3), {
    instanceOf: UsageError,
    message: /^every image needs one prediction and one label, got 1 predictions and 2 labels; /,
  });
});

test("accuracy by class: a class without test images is named", (t) => {
  t.throws(() => accuracyByClass([0, 0], [0, 0], 2), {
    instanceOf: FailureError,
    message:
      "every class needs a test image to be measured on, got class 1 without any; check the test set and the number of classes",
  });
});

test("predicted classes: the lowest class among equals", (t) => {
  t.deepEqual(predictedClasses([1, 3, 3, -2, -1, -1], 3), Int32Array.of(1, 1));
});

test("predicted classes: a score that is infinite, either way, or not a number is refused with its place", (t) => {
  for (const score of [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN]) {
    t.throws(() => predictedClasses([1, 0, score, 2], 2), {
      instanceOf: FailureError,
      message: `logits and probabilities must be finite, got ${score} at image 1, class 0; lower the learning rate, or go on from an earlier checkpoint`,
    });
  }
});

test("softmax: by hand, and without overflow", (t) => {
  const found = softmax([0, Math.log(3), 1000, 1000], 2);
  t.true([0.25, 0.75, 0.5, 0.5].every((p, i) => close(p, found[i] ?? Number.NaN)));
});
