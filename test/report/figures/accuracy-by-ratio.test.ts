import test from "ava";
import { FailureError, UsageError } from "../../../src/errors.ts";
import { publishedFigure5 } from "../../../src/experiments/published/figure-5.ts";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { accuracyByRatio } from "../../../src/report/figures/accuracy-by-ratio.ts";
import { type MadeUp, madeUpRecord } from "../../support/made-up-record.ts";

/** Records of some ratios: p and the accuracy over all classes; head is 0.1 above, tail 0.2 below. */
const records = (
  prefix: string,
  points: readonly (readonly [string, number])[],
  made: Partial<MadeUp> = {},
) =>
  points.map(([ratio, all]) => {
    const [beginning, standIn] = prefix.split("@");
    const row = findExperiment(`${beginning}/${ratio}${standIn === undefined ? "" : `@${standIn}`}`);
    const accuracy = { head: all + 0.1, medium: all, tail: all - 0.2, all };
    return madeUpRecord(row, { ...made, accuracy, last: { ...accuracy, all: 0 } });
  });

const cifar100 = [
  ...records("figure-5", [
    ["0.3", 0.5],
    ["0.0", 0.4],
  ]),
  ...records("figure-5", [["0.3", 0.52]], { seed: 1 }),
];
const onCifar10 = "protocol/cifar10/100/shift-bn/fine-tuned/bs-is";

test("Figure 5: ours by group at each p that has records, with a mark per stage I", (t) => {
  const { data, layout } = accuracyByRatio({ records: cifar100, analyses: [], profile: "paper" }).plotly;
  t.deepEqual(
    data.slice(0, 4).map(({ name, x, y }) => [name, x, y]),
    [
      ["Head", [0, 0.3], [50, 61]],
      ["Medium", [0, 0.3], [40, 51]],
      ["Tail", [0, 0.3], [20, 31]],
      ["All", [0, 0.3], [40, 51]],
    ],
  );
  t.deepEqual(data[7], { ...data[7], name: "All, one seed", x: [0.3, 0.3], y: [50, 52] });
  t.false("error_y" in (data[3] ?? {}));
  t.like(layout, {
    xaxis: { title: { text: "Fusion ratio p (share of channels replaced)" } },
    yaxis: { title: { text: "Top-1 accuracy (%)" } },
  });
});

test("Figure 5: on CIFAR-100 the paper's eleven points stand hollow beside ours", (t) => {
  const { plotly, caption } = accuracyByRatio({ records: cifar100, analyses: [], profile: "paper" });
  const published = plotly.data.slice(8);
  t.deepEqual(
    published.map(({ x, y }) => ({ x, y })),
    (["head", "medium", "tail", "all"] as const).map((metric) => ({
      x: publishedFigure5.map(({ ratio }) => ratio),
      y: publishedFigure5.map((point) => point[metric]),
    })),
  );
  for (const { marker } of published) t.like(marker, { symbol: "diamond-open" });
  t.regex(
    caption,
    /Hollow diamonds: the paper's\. Rows figure-5\/0\.0 … figure-5\/1\.0\. 2 of 11 ratios have records\./,
  );
  t.true(caption.endsWith("CIFAR-100, at imbalance ratio 100, from the official images; seeds 0, 1."));
});

test("Figure 5: on a stand-in, and on CIFAR-10, nothing of the paper is shown", (t) => {
  const demo = records("figure-5@glyphs-10", [["0.3", 0.5]], { profile: "demo", origin: "generated" });
  const standIn = accuracyByRatio({ records: demo, analyses: [], profile: "demo", standIn: "glyphs-10" });
  const cifar10 = accuracyByRatio({
    records: records(onCifar10, [["0.3", 0.7]]),
    analyses: [],
    profile: "paper",
  });
  for (const { plotly, caption } of [standIn, cifar10]) {
    t.deepEqual(
      plotly.data.map(({ name }) => name),
      ["Head", "Medium", "Tail", "All"],
    );
    t.notRegex(caption, /the paper's\./);
  }
  t.regex(standIn.caption, /stand-in glyphs-10, .*: not to be compared with the paper/);
  t.regex(cifar10.caption, /; CIFAR-10, at imbalance ratio 100/);
  t.regex(cifar10.caption, / The paper draws CIFAR-100-LT, so none of its points is shown here\. /);
});

test("Figure 5: where its own rows have records, those on CIFAR-10 need to be asked for", (t) => {
  const both = [...cifar100, ...records(onCifar10, [["0.5", 0.7]])];
  const xOf = (row?: string) =>
    accuracyByRatio({ records: both, analyses: [], profile: "paper", ...(row && { row }) }).plotly.data[0]?.x;
  t.deepEqual(xOf(), [0, 0.3]);
  t.deepEqual(xOf(onCifar10), [0.5]);
});

test("Figure 5: error bars from three stages I on, however many stage-II seeds there are", (t) => {
  const of = (...fromSeeds: readonly number[]) => {
    const made = fromSeeds.flatMap((fromSeed, seed) =>
      records("figure-5", [["0.3", 0.5 + seed / 100]], { seed, fromSeed }),
    );
    return accuracyByRatio({ records: made, analyses: [], profile: "paper" });
  };
  // 50, 51, 52: standard deviation 1, so 4.302653 / √3.
  t.like(of(0, 1, 2).plotly.data[3], { error_y: { array: [2.48] } });
  const single = of(0, 0, 0);
  t.false("error_y" in (single.plotly.data[3] ?? {}));
  t.true(single.caption.includes("Ours from one stage I per point."));
});

test("Figure 5: seeds may be chosen", (t) => {
  const { plotly, caption } = accuracyByRatio({
    records: cifar100,
    analyses: [],
    profile: "paper",
    seeds: [1],
  });
  t.deepEqual(plotly.data[3]?.y, [52]);
  t.false("error_y" in (plotly.data[3] ?? {}));
  t.regex(caption, /; seed 1\.$/);
});

test("Figure 5: the description tells where each group begins and where it is best", (t) => {
  t.is(
    accuracyByRatio({ records: cifar100, analyses: [], profile: "paper" }).altText,
    "Line chart of top-1 accuracy over p from 0 to 1. Ours: Head 50.00 % at p = 0, at most 61.00 % at p = 0.3; Medium 40.00 % at p = 0, at most 51.00 % at p = 0.3; Tail 20.00 % at p = 0, at most 31.00 % at p = 0.3; All 40.00 % at p = 0, at most 51.00 % at p = 0.3.",
  );
});

test("Figure 5: without records, and for rows that differ in more than p, the error says what to do", (t) => {
  t.throws(() => accuracyByRatio({ records: cifar100, analyses: [], profile: "short" }), {
    instanceOf: FailureError,
    message:
      "accuracy against the fusion ratio needs records of its rows, got none of figure-5/0.0 … figure-5/1.0 under profile short; make them: npx h2t run figure-5 --profile short",
  });
  const row = "protocol/cifar10/100";
  t.throws(() => accuracyByRatio({ records: cifar100, analyses: [], profile: "short", row }), {
    instanceOf: UsageError,
    message: `accuracy against the fusion ratio needs the beginning of rows that differ in p alone, got "${row}"; use "figure-5" or "${onCifar10}"`,
  });
});
