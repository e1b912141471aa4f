import test from "ava";
import { compare, quantile } from "../../bench/statistics.ts";
import { takeTurns } from "../../bench/take-turns.ts";

test("benchmark: quantiles are NumPy's, whatever the order of the values", (t) => {
  // np.quantile([7, 1, 4, 2.5], [0, 0.25, 0.5, 0.75, 1])
  t.deepEqual(
    [0, 0.25, 0.5, 0.75, 1].map((share) => quantile([7, 1, 4, 2.5], share)),
    [1, 2.125, 3.25, 4.75, 7],
  );
  t.is(quantile([3], 0.25), 3);
});

test("benchmark: a ratio is taken in each round and then summarised, so a slow round counts once", (t) => {
  const [ours, theirs] = compare({ ours: [1, 10, 1], theirs: [2, 20, 3] });
  t.is(ours?.timesFirst, null);
  t.deepEqual(theirs?.value, { median: 3, lowerQuartile: 2.5, upperQuartile: 11.5, rounds: 3 });
  t.deepEqual(theirs?.timesFirst, { median: 2, lowerQuartile: 2, upperQuartile: 2.5, rounds: 3 });
});

test("benchmark: everything takes its turn in every round, forwards and backwards; two rounds warm up", async (t) => {
  const seen: string[] = [];
  const turn = (name: string) => async () => seen.push(name);
  const values = await takeTurns(2, { a: turn("a"), b: turn("b"), left: undefined });
  t.is(seen.join(""), "abbaabba");
  t.deepEqual(values, { a: [5, 8], b: [6, 7] });
});
