import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { checkClassCounts } from "../../src/losses/class-counts.ts";

test("class counts: no class, and one without images, are refused", (t) => {
  const message = (got: string) =>
    `classCounts tells how many training images each class has, at least one, got ${got}; pass the counts of the training set, longTailedCounts for instance`;
  const refused = (counts: number[], got: string) =>
    t.throws(() => checkClassCounts(counts), { instanceOf: UsageError, message: message(got) });
  refused([], "no class");
  refused([5, 0], "0 for class 1");
  refused([5, Number.NaN, 3], "NaN for class 1");
  t.notThrows(() => checkClassCounts([5000, 2]));
});
