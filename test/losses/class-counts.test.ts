import test from "ava";
import { UsageError } from "../../src/errors.ts";
import { checkClassCounts } from "../../src/losses/class-counts.ts";

test("class counts: no class, and one without images, are refused", (t) => {
  const refused = (counts: number[], message: RegExp) =>
    t.throws(() => checkClassCounts(counts), {
      instanceOf: UsageError,
      code: "CLASS_COUNTS_OUT_OF_RANGE",
      message,
    });
  refused([], /empty/);
  refused([5, 0], /got 0 for class 1;/);
  refused([5, Number.NaN, 3], /got NaN for class 1;/);
  t.notThrows(() => checkClassCounts([5000, 2]));
});
