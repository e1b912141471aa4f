import test from "ava";
import { FailureError, UsageError } from "../../../src/errors.ts";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { tailPredictions } from "../../../src/report/figures/tail-predictions.ts";
import { metricColours } from "../../../src/report/theme.ts";
import { longTailedCounts } from "../../../src/splits/long-tailed-counts.ts";
import { longTailedRecord, madeUpConfusion } from "../../support/figure-input.ts";
import { madeUpAnalysis } from "../../support/made-up-analysis.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const ce = longTailedRecord("table-1/cifar10/100/ce", { profile: "short", origin: "re-encoded", seed: 1 });
const analysis = madeUpAnalysis(ce.record.runId, { confusion: madeUpConfusion });
const input = { records: [ce], analyses: [analysis], profile: "short" } as const;

test("Figure 1b: for each tail class how many of its images received each label, by the label's group", (t) => {
  const { data, layout } = tailPredictions(input).plotly;
  t.deepEqual(
    data.map((trace) => [trace.yaxis, trace.name, trace.x, trace.y]),
    ["y", "y2", "y3"].flatMap((axis, i) => [
      [axis, "Head label", [0, 1, 2], [7 + i, 0, 0]],
      [axis, "Medium label", [3, 4, 5, 6], [0, 0, 0, 0]],
      [axis, "Tail label", [7, 8, 9], [0, 1, 2].map((c) => (c === i ? 3 - i : 0))],
    ]),
  );
  const { head, medium, tail } = metricColours;
  t.deepEqual(
    data.slice(0, 3).map(({ marker }) => (marker as { color: string }).color),
    [head, medium, tail],
  );
  t.like(data[5]?.marker, { line: { width: [0, 2, 0] } }, "the right label of class 8 is outlined");
  t.like(layout, { xaxis: { title: { text: "Predicted label (class)" } } });
  t.like(layout, { yaxis3: { title: { text: "Test images" } } });
});

test("Figure 1b: caption and description count, and say profile, data, origin and seed", (t) => {
  const { title, caption, altText } = tailPredictions(input);
  const found =
    "What the 30 test images of tail classes 7, 8 and 9 received: 80.0 % a head label, 0.0 % a medium label, 20.0 % a tail label; 20.0 % the right label";
  t.is(title, "Labels that CE loss gives to test images of tail classes");
  t.is(
    caption,
    `${found}, which is outlined. Row table-1/cifar10/100/ce, after the last epoch. Profile short: stage I at a fifth of the published epochs, stage II as published; CIFAR-10, at imbalance ratio 100, from re-encoded images, close to the official ones and not equal to them; seed 1.`,
  );
  t.is(altText, `Bar chart of predicted labels by true class. ${found}.`);
});

test("Figure 1b: a tail of many classes is drawn together", (t) => {
  const stored = madeUpRecord(findExperiment("table-5/ce"), {
    accuracy: { head: 1, medium: 1, tail: 1, all: 1 },
  });
  const data = { ...stored.record.data, classCounts: longTailedCounts(500, 100, 100) };
  const record = { ...stored.record, data };
  // Each class: two images recognised, and one of class 0's.
  const confusion = data.classCounts.map((_, c) =>
    data.classCounts.map((_, label) => (label === c ? 2 : 0) + (label === 0 ? 1 : 0)),
  );
  const { plotly, caption } = tailPredictions({
    records: [{ ...stored, record }],
    analyses: [madeUpAnalysis(record.runId, { confusion })],
    profile: "paper",
    row: "table-5/ce",
  });
  t.deepEqual(
    plotly.data.map(({ x, y }) => [x.length, (y as number[]).reduce((a, b) => a + b)]),
    [
      [36, 29],
      [35, 0],
      [29, 58],
    ],
  );
  t.regex(caption, /^What the 87 test images of tail classes 71 to 99 received: 33\.3 % a head label,/);
  t.notRegex(caption, /outlined/);
});

test("Figure 1b: CE comes before CE + mixup, which is drawn where CE was not analysed", (t) => {
  const mixup = longTailedRecord("table-1/cifar10/100/ce-mixup", { profile: "short" });
  const records = [mixup, ce];
  const ofMixup = madeUpAnalysis(mixup.record.runId, { confusion: madeUpConfusion });
  t.regex(tailPredictions({ ...input, records, analyses: [ofMixup, analysis] }).title, /CE loss/);
  t.regex(tailPredictions({ ...input, records, analyses: [ofMixup] }).title, /CE \+ mixup/);
});

test("Figure 1b: what is missing is named with the command that makes it", (t) => {
  t.throws(() => tailPredictions({ ...input, records: [] }), {
    instanceOf: FailureError,
    message:
      "a figure of a trained run needs its record and its analysis, got neither of table-1/cifar10/100/ce or table-1/cifar10/100/ce-mixup under profile short; make them: npx h2t run table-1/cifar10/100/ce --profile short && npx h2t analyse table-1/cifar10/100/ce --profile short",
  });
  t.throws(() => tailPredictions({ ...input, analyses: [], row: "table-1/cifar10/100/ce", seeds: [1] }), {
    instanceOf: FailureError,
    message:
      "a figure of a trained run needs its record and its analysis, got a record alone of table-1/cifar10/100/ce under profile short; make it: npx h2t analyse table-1/cifar10/100/ce --profile short --seed 1",
  });
  t.throws(() => tailPredictions({ ...input, seeds: [2] }), { message: /got neither of .* --seed 2$/ });
  t.throws(() => tailPredictions({ ...input, row: "table-1/cifar10/100/cf" }), { instanceOf: UsageError });
});

test("Figure 1b: a stand-in is named and not to be compared", (t) => {
  const demo = longTailedRecord("table-1/cifar10/100/ce@glyphs-10", { profile: "demo", origin: "generated" });
  const { caption } = tailPredictions({
    records: [ce, demo],
    analyses: [analysis, madeUpAnalysis(demo.record.runId, { confusion: madeUpConfusion })],
    profile: "demo",
    standIn: "glyphs-10",
  });
  t.true(
    caption.endsWith(
      "Profile demo: a much shortened stage I; stand-in glyphs-10, images drawn by the kit, at imbalance ratio 100, from generated images: not to be compared with the paper; seed 0.",
    ),
    caption,
  );
});
