import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { findTable } from "../../../src/experiments/tables/tables.ts";
import { distancesOf, fusionGainsOf } from "../../../src/report/page/distances.ts";
import { renderTable } from "../../../src/report/tables/render-table.ts";
import { type MadeUp, madeUpRecord } from "../../support/made-up-record.ts";

const seeds = (id: string, accuracies: readonly number[], made: Partial<MadeUp> = {}) =>
  accuracies.map((all, seed) =>
    madeUpRecord(findExperiment(id), {
      accuracy: { head: null, medium: null, tail: null, all },
      seed,
      ...made,
    }),
  );
const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));

test("distancesOf: the mean signed difference of each column with numbers of both, keepers apart", (t) => {
  const records = [
    ...seeds("table-1/cifar10/100/dr-mu", [0.78, 0.8]),
    ...seeds("table-1/cifar10/100/dr-h2t", [0.8]),
    ...seeds("table-1/cifar100/100/dr-h2t", [0.5], { keeper: "shipped" }),
    // Not in the paper: no number to differ from.
    ...seeds("table-1/cifar10/100/ce-mixup", [0.7]),
  ];
  const found = distancesOf(renderTable(findTable("table-1"), records, { profile: "paper" }));
  // 79 − 79.15 and 80 − 82.87; 50 − 47.73.
  t.deepEqual(
    found.map(({ mean, least, most, ...one }) => ({ ...one, points: [mean, least, most].map(rounded) })),
    [
      { column: "CIFAR10-LT, ratio 100", keeper: "yours", methods: 2, points: [-1.51, -2.87, -0.15] },
      { column: "CIFAR100-LT, ratio 100", keeper: "shipped", methods: 1, points: [2.27, 2.27, 2.27] },
    ],
  );
});

test("distancesOf: on a stand-in there is no distance, nor is there from another profile's records", (t) => {
  const standIn = seeds("table-5/bs-is@glyphs-10", [0.5], { profile: "demo", origin: "generated" });
  const options = { profile: "demo", standIn: "glyphs-10" } as const;
  t.deepEqual(distancesOf(renderTable(findTable("table-5"), standIn, options)), []);
  const short = seeds("table-5/bs-is", [0.5], { profile: "short" });
  t.deepEqual(distancesOf(renderTable(findTable("table-5"), short, { profile: "paper" })), []);
});

test("fusionGainsOf: what is lent beside the paper's arrow and what its accuracies say; ablations and other metrics are left out", (t) => {
  const records = [
    ...seeds("table-1/cifar10/100/dr-mu", [0.78, 0.79, 0.8]),
    ...seeds("table-1/cifar10/100/dr-h2t", [0.79, 0.82, 0.82]),
    ...seeds("table-1/cifar10/100/dr-zeros", [0.79, 0.82, 0.82]),
  ];
  const [gain, ...others] = fusionGainsOf(renderTable(findTable("table-1"), records, { profile: "paper" }));
  t.deepEqual(others, []);
  t.like(gain, {
    method: "DR+H2T",
    base: "DR+MU",
    column: "CIFAR10-LT, ratio 100",
    keeper: "yours",
    printed: 2.14,
  });
  // 82.87 − 79.15: the paper's arrow says 2.14, that of ratio 50.
  t.is(rounded(gain?.published ?? null), 3.72);
  t.is(rounded(gain?.gain.points ?? null), 2);
  t.is(gain?.gain.pairs, 3);
});

test("fusionGainsOf: on a stand-in without the paper's", (t) => {
  const made = { profile: "demo", origin: "generated" } as const;
  const records = [
    ...seeds("table-5/dr@glyphs-10", [0.5], made),
    ...seeds("table-5/bs-is@glyphs-10", [0.53], made),
  ];
  const model = renderTable(findTable("table-5"), records, { profile: "demo", standIn: "glyphs-10" });
  t.deepEqual(
    fusionGainsOf(model).map(({ method, printed, published, gain }) => [
      method,
      printed,
      published,
      rounded(gain.points),
      gain.interval,
    ]),
    [["BS+IS", null, null, 3, null]],
  );
});
