import test from "ava";
import { randomStream } from "../../src/random.ts";
import {
  chiSquare,
  chiSquareLimit,
  kolmogorovSmirnov,
  kolmogorovSmirnovLimit,
  tally,
} from "./goodness-of-fit.ts";

test("goodness of fit: χ² by hand", (t) => {
  t.is(chiSquare([10, 20, 30], [0.25, 0.25, 0.5]), 25 / 15 + 25 / 15);
  t.deepEqual(tally([2, 0, 2], 4), [1, 0, 2, 0]);
});

test("goodness of fit: √n · D by hand", (t) => {
  t.is(
    kolmogorovSmirnov([0.5, 0.25], (x) => x),
    Math.SQRT2 * 0.5,
  );
});

test("goodness of fit: a shuffle that never keeps an item in place fails", (t) => {
  const stream = randomStream(0, "order");
  const firstItem = Array.from({ length: 4000 }, () => {
    const items = [0, 1, 2];
    for (let i = 2; i > 0; i--) {
      const j = stream.integer(i); // should be i + 1
      [items[i], items[j]] = [items[j] ?? 0, items[i] ?? 0];
    }
    return items.indexOf(0);
  });
  t.true(chiSquare(tally(firstItem, 3), [1 / 3, 1 / 3, 1 / 3]) > chiSquareLimit[2]);
});

test("goodness of fit: squared uniform numbers fail as uniform", (t) => {
  const stream = randomStream(0, "order");
  const squared = Array.from({ length: 500 }, () => stream.uniform() ** 2);
  t.true(kolmogorovSmirnov(squared, (x) => x) > kolmogorovSmirnovLimit);
});
