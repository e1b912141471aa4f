import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { longTailedCounts } from "../../src/splits/long-tailed-counts.ts";

interface GoldenCounts {
  readonly maxCount: number;
  readonly numClasses: number;
  readonly imbalanceRatio: number;
  readonly total: number;
  readonly digest: string;
}
const golden: { readonly counts: readonly GoldenCounts[] } = JSON.parse(
  readFileSync(new URL("../golden/splits.json", import.meta.url), "utf8"),
);

test("counts: CIFAR-10-LT at ratios 200, 100 and 50 as in the published code", (t) => {
  t.deepEqual(longTailedCounts(5000, 10, 200), [5000, 2775, 1540, 854, 474, 263, 146, 81, 45, 25]);
  t.deepEqual(longTailedCounts(5000, 10, 100), [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50]);
  t.deepEqual(longTailedCounts(5000, 10, 50), [5000, 3237, 2096, 1357, 878, 568, 368, 238, 154, 100]);
});

test("counts: CIFAR-100-LT has 9502, 10847 and 12608 images and ends with 2, 5 and 10", (t) => {
  const counts = [200, 100, 50].map((ratio) => longTailedCounts(500, 100, ratio));
  t.deepEqual(
    counts.map((list) => list.reduce((sum, n) => sum + n, 0)),
    [9502, 10847, 12608],
  );
  t.deepEqual(
    counts.map((list) => list.at(-1)),
    [2, 5, 10],
  );
});

test("counts: equal to Python's rounding for 44 combinations of size and ratio", (t) => {
  t.is(golden.counts.length, 44);
  for (const { maxCount, numClasses, imbalanceRatio, digest } of golden.counts) {
    const counts = longTailedCounts(maxCount, numClasses, imbalanceRatio);
    const json = JSON.stringify(counts);
    t.is(
      createHash("sha256").update(json).digest("hex"),
      digest,
      `${maxCount} ${numClasses} ${imbalanceRatio}`,
    );
  }
});

test("counts: ratio 1 leaves all classes complete", (t) => {
  t.deepEqual(longTailedCounts(7, 3, 1), [7, 7, 7]);
});

test("counts: a ratio below 1 names the ratio that was probably meant", (t) => {
  t.throws(() => longTailedCounts(500, 100, 0.01), {
    instanceOf: UsageError,
    code: "IMBALANCE_RATIO_OUT_OF_RANGE",
    message: /\[1, ∞\), got 0\.01; .*100/,
  });
});

for (const ratio of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`counts: ratio ${ratio} is refused`, (t) => {
    t.throws(() => longTailedCounts(500, 100, ratio), {
      instanceOf: UsageError,
      code: "IMBALANCE_RATIO_OUT_OF_RANGE",
      message: new RegExp(`\\[1, ∞\\), got ${ratio};`),
    });
  });
}

test("counts: a ratio that would empty the rarest class is refused", (t) => {
  t.throws(() => longTailedCounts(500, 100, 501), {
    instanceOf: UsageError,
    code: "RAREST_CLASS_EMPTY",
    message: /501.+500/,
  });
});

test("counts: a single class and a fraction of an image are refused", (t) => {
  t.throws(() => longTailedCounts(500, 1, 10), {
    instanceOf: UsageError,
    code: "NUM_CLASSES_OUT_OF_RANGE",
    message: /at least 2, got 1;/,
  });
  t.throws(() => longTailedCounts(99.5, 10, 10), {
    instanceOf: UsageError,
    code: "MAX_COUNT_OUT_OF_RANGE",
    message: /at least 1, got 99\.5;/,
  });
});
