import test from "ava";
import { contradictedGains } from "../../../src/experiments/tables/contradicted-gains.ts";
import { tableNames } from "../../../src/experiments/tables/table.ts";
import { findTable } from "../../../src/experiments/tables/tables.ts";

test("contradictedGains: the paper prints three gains that its accuracies contradict, two of them exchanged", (t) => {
  const found = tableNames.flatMap((name) =>
    contradictedGains(findTable(name)).map((gain) => ({ name, ...gain })),
  );
  t.deepEqual(
    found.map(({ name, method, printed, accuracy, over }) => [
      name,
      method,
      printed,
      Number((accuracy - over).toFixed(2)),
    ]),
    [
      ["table-1", "DR+H2T", 2.14, 3.72],
      ["table-1", "DR+H2T", 3.72, 2.14],
      ["table-4", "DR+H2T", 3.52, 3.55],
    ],
  );
});
