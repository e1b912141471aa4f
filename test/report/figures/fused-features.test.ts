import test from "ava";
import type { Embedding } from "../../../src/analysis/analysis.ts";
import { FailureError } from "../../../src/errors.ts";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { featuresByRatio } from "../../../src/report/figures/features-by-ratio.ts";
import type { Figure } from "../../../src/report/figures/figure.ts";
import { fusedFeatures } from "../../../src/report/figures/fused-features.ts";
import { separation } from "../../../src/report/figures/separation.ts";
import { classColours } from "../../../src/report/theme.ts";
import { madeUpAnalysis } from "../../support/made-up-analysis.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const classNames = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");

/** Three points of each class on a line, the classes a hundred apart. */
const apart = Array.from({ length: 30 }, (_, i) => 100 * (i % 10) + Math.floor(i / 10));
const embedding = (ratio: number | null): Embedding => ({
  ...{ method: "t-SNE", perplexity: 30, iterations: 1000, learningRate: 50, seed: 0 },
  fusion: ratio === null ? null : { ratio, fusingSampler: "instance" },
  ...{ x: apart, y: apart.map((_, i) => i), labels: apart.map((_, i) => i % 10) },
});
const accuracy = { head: 0.6, medium: 0.5, tail: 0.4, all: 0.5 };

/** What figures are drawn from, of runs of these rows. */
function inputOf(rows: Readonly<Record<string, number | null>>) {
  const runs = Object.entries(rows).map(([id, ratio]) => {
    const stored = madeUpRecord(findExperiment(id), { accuracy });
    return { stored, analysis: madeUpAnalysis(stored.record.runId, { embedding: embedding(ratio) }) };
  });
  return {
    records: runs.map(({ stored }) => stored),
    analyses: runs.map(({ analysis }) => analysis),
    profile: "paper" as const,
  };
}

const row = "table-1/cifar10/100";
const titlesOf = ({ plotly }: Figure) =>
  (plotly.layout.annotations as readonly { text: string }[]).map(({ text }) => text);

test("separation: the share of ten neighbours that are of a point's own class", (t) => {
  // Two others of its own, then eight of other classes.
  t.is(separation({ x: apart, y: apart.map(() => 0), labels: apart.map((_, i) => i % 10) }), 0.2);
  t.is(separation({ x: apart, y: apart.map(() => 0), labels: apart.map(() => 4) }), 1);
});

test("figure 4: DR and DR+H2T beside each other, a colour and a legend entry a class", (t) => {
  const figure = fusedFeatures(inputOf({ [`${row}/dr-mu`]: null, [`${row}/dr-h2t`]: 0.3 }));
  const { data, layout } = figure.plotly;
  t.deepEqual(titlesOf(figure), ["<b>DR+MU</b>", "<b>DR+H2T</b>"]);
  t.deepEqual(
    data.map(({ name, xaxis, showlegend }) => [name, xaxis, showlegend]),
    ["x", "x2"].flatMap((axis) => classNames.map((name) => [name, axis, axis === "x"])),
  );
  t.deepEqual(
    data.map(({ marker }) => (marker as { color: string }).color),
    [...classColours, ...classColours],
  );
  t.deepEqual(data[3]?.x, [300, 301, 302]);
  t.like(layout, {
    xaxis: { title: { text: "t-SNE 1 (no unit)" } },
    yaxis: { title: { text: "t-SNE 2 (no unit)" }, scaleanchor: "x" },
    // Below narrow panels names would run into each other: one is named for all.
    xaxis2: { title: { text: "" } },
    yaxis2: { title: { text: "" }, scaleanchor: "x2" },
  });
  t.true(
    figure.caption.includes("fused at p = 0.3 and keep their class-balanced label. 30 class-balanced draws"),
  );
  t.true(figure.caption.includes("exact t-SNE (perplexity 30, 1,000 iterations)"));
  t.true(figure.altText.includes("20 % are of their own class without H2T, 20 % with it"), figure.altText);
});

test("figure 4: where only the rows on a frozen backbone are analysed it shows those, and says so", (t) => {
  const frozen = "frozen/cifar10/100";
  const figure = fusedFeatures(inputOf({ [`${frozen}/dr`]: null, [`${frozen}/bs-is/0.3`]: 0.3 }));
  t.deepEqual(titlesOf(figure), [
    "<b>DR, frozen backbone</b>",
    "<b>DR+H2T (BS+IS), frozen backbone, p = 0.3</b>",
  ]);
  t.true(figure.caption.includes(`${frozen}/dr and ${frozen}/bs-is/0.3, after the last epoch`));
  t.throws(() => fusedFeatures(inputOf({})), { message: /neither of table-1\/cifar10\/100\/dr-mu under/ });
});

test("figure 4: of another row it shows what that one improves on", (t) => {
  const input = inputOf({ "table-5/dr": null, "table-5/bs-rs": 0.3 });
  t.deepEqual(titlesOf(fusedFeatures({ ...input, row: "table-5/bs-rs" })), [
    "<b>DR w.o. H2T</b>",
    "<b>BS+RS</b>",
  ]);
  t.throws(() => fusedFeatures({ ...input, row: "table-5/dr" }), {
    instanceOf: FailureError,
    message:
      'features without and with H2T need a row with fusion that improves on one without, got "table-5/dr"; use "table-1/cifar10/100/dr-h2t", for example',
  });
});

test("figure 4: a run without an embedding is told with the command that measures it", (t) => {
  const input = inputOf({ [`${row}/dr-mu`]: null, [`${row}/dr-h2t`]: 0.3 });
  const [first, second] = input.analyses;
  t.throws(
    () =>
      fusedFeatures({ ...input, analyses: [{ ...first, embedding: null }, second] as typeof input.analyses }),
    {
      instanceOf: FailureError,
      message: `features are drawn in two dimensions where their run was embedded, got none of ${row}/dr-mu; measure it: npx h2t analyse ${row}/dr-mu --profile paper --seed 0 --fresh`,
    },
  );
});

test("figure S1: a panel for each p that was analysed, by p, the axes named once", (t) => {
  const protocol = "protocol/cifar10/100/shift-bn/fine-tuned/bs-is";
  const rows = Object.fromEntries([1, 0, 0.3, 0.5, 0.4].map((p) => [`${protocol}/${p.toFixed(1)}`, p]));
  const figure = featuresByRatio(inputOf(rows));
  t.deepEqual(
    titlesOf(figure),
    ["0.0", "0.3", "0.4", "0.5", "1.0"].map((p) => `<b>p = ${p}</b>`),
  );
  const namedAxes = Object.entries(figure.plotly.layout)
    .filter(([key, axis]) => /^[xy]axis/.test(key) && (axis as { title: { text: string } }).title.text !== "")
    .map(([key]) => key);
  // Four in a row: the second row has one, which names the axes.
  t.deepEqual(namedAxes.sort(), ["xaxis5", "yaxis5"]);
  t.true(figure.altText.startsWith("5 scatter plots"), figure.altText);
  t.throws(() => featuresByRatio({ ...inputOf({}), standIn: "glyphs-10" }), {
    instanceOf: FailureError,
    message: `features by fusion ratio are drawn from analysed runs of rows with fusion, got none of ${protocol}@glyphs-10 under profile paper; make them: npx h2t run ${protocol}@glyphs-10 --profile paper && npx h2t analyse ${protocol}@glyphs-10 --profile paper`,
  });
});

test("figure S1: of other rows those with fusion that begin alike", (t) => {
  const input = inputOf({ "table-5/dr": null, "table-5/bs-is": 0.3 });
  t.deepEqual(titlesOf(featuresByRatio({ ...input, row: "table-5" })), ["<b>p = 0.3</b>"]);
  t.throws(() => featuresByRatio({ ...inputOf({ "table-5/dr": null }), row: "table-5/dr" }), {
    message: /got none of table-5\/dr under profile paper;/,
  });
});
