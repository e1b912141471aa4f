import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { classGroups } from "../../src/splits/class-groups.ts";
import { longTailedCounts } from "../../src/splits/long-tailed-counts.ts";

const sizes = (counts: readonly number[], rule: "byIndex" | "byCount") =>
  classGroups(counts, rule).map((group) => group.classes.length);

test("groups by index: sizes of the five published data sets", (t) => {
  const published: readonly [numClasses: number, expected: readonly number[]][] = [
    [10, [3, 4, 3]],
    [100, [36, 35, 29]],
    [365, [131, 157, 77]],
    [1000, [390, 445, 165]],
    [8142, [842, 3701, 3599]],
  ];
  for (const [numClasses, expected] of published) {
    t.deepEqual(sizes(longTailedCounts(1000, numClasses, 100), "byIndex"), expected);
  }
});

test("groups by count: sizes on CIFAR-100-LT and CIFAR-10-LT at ratios 200, 100 and 50", (t) => {
  const groupSizes = (maxCount: number, numClasses: number) =>
    [200, 100, 50].map((ratio) => sizes(longTailedCounts(maxCount, numClasses, ratio), "byCount"));
  t.deepEqual(groupSizes(500, 100), [
    [30, 30, 40],
    [35, 34, 31],
    [41, 40, 19],
  ]);
  t.deepEqual(groupSizes(5000, 10), [
    [7, 3, 0],
    [8, 2, 0],
    [9, 1, 0],
  ]);
});

test("groups by count: 100 is medium, 101 head, 20 tail, 21 medium", (t) => {
  t.deepEqual(classGroups([100, 101, 20, 21], "byCount"), [
    { name: "head", classes: [1] },
    { name: "medium", classes: [0, 3] },
    { name: "tail", classes: [2] },
  ]);
});

test("groups by index: classes are ranked by count, the lower class first among equals", (t) => {
  const counts = Object.freeze([1, 9, 9, 9, 9, 2, 8, 3, 7, 1]);
  t.deepEqual(classGroups(counts, "byIndex"), [
    { name: "head", classes: [1, 2, 3] },
    { name: "medium", classes: [4, 6, 7, 8] },
    { name: "tail", classes: [0, 5, 9] },
  ]);
});

test("groups by index: a number of classes without published ranges is refused", (t) => {
  t.throws(() => classGroups([3, 2, 1], "byIndex"), {
    instanceOf: UsageError,
    code: "GROUP_RANGES_UNKNOWN",
    message: /10, 100, 365, 1000, 8142 .+ got 3;/,
  });
});
