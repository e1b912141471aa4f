import test from "ava";
import type { Forces } from "../../../src/analysis/analysis.ts";
import { FailureError } from "../../../src/errors.ts";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import { twoForces } from "../../../src/report/figures/two-forces.ts";
import { metricColours } from "../../../src/report/theme.ts";
import { madeUpAnalysis } from "../../support/made-up-analysis.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

const stored = madeUpRecord(findExperiment("table-1/cifar10/100/dr-h2t"), {
  accuracy: { head: 0.6, medium: 0.5, tail: 0.4, all: 0.5 },
});
const lengths = { tail: 5, head: 13 };
const kept = { tail: 3, head: -5, lengths, share: 0.9 };
const replaced = { tail: 4, head: 12, lengths, share: 0.25 };
const forces = (ratio: number, own: Partial<Forces["pairs"][number]> = {}): Forces => ({
  ...{ ratio, draws: 7 },
  pairs: [7, 8].map((tail) => ({ tail, head: 0, kept, replaced, ...own })),
});
const draw = (measured: Forces | null) =>
  twoForces({
    records: [stored],
    analyses: [madeUpAnalysis(stored.record.runId, { forces: measured })],
    profile: "paper",
  });
const arrowsOf = ({ plotly }: ReturnType<typeof draw>, color: string) =>
  (plotly.layout.annotations as readonly Record<string, number | string>[]).filter(
    ({ arrowcolor }) => arrowcolor === color,
  );

test("figure 3: weights are as long and reach as far along the difference as measured", (t) => {
  const figure = draw(forces(0.3));
  const tips = (color: string) => arrowsOf(figure, color).map(({ ax, ay, x, y }) => [ax, ay, x, y]);
  // 3² + 4² = 5² and 5² + 12² = 13²; the tail class's above, the head class's below.
  t.deepEqual(tips(metricColours.tail), [
    [0, 0, 3, 4],
    [0, 0, 4, 3],
  ]);
  t.deepEqual(tips(metricColours.head), [
    [0, 0, -5, -12],
    [0, 0, 12, -5],
  ]);
});

test("figure 3: Eq. 10 moves the tail class's weights along the difference, Eq. 8 the head class's", (t) => {
  const ways = arrowsOf(draw(forces(0.3)), "#202124").map(({ x = 0, ax = 0 }) => Math.sign(+x - +ax));
  // Tail and head class on kept channels, then on replaced ones.
  t.deepEqual(ways, [1, -1, -1, 1]);
});

test("figure 3: each pair's projections stand in a row for kept and one for replaced channels", (t) => {
  const { plotly } = draw(forces(0.3));
  t.deepEqual(
    plotly.data.slice(4).map((trace) => [trace.name, trace.x, "y" in trace && trace.y, trace.yaxis]),
    [
      ["Tail class's w<sub>t</sub>", ["7–0", "8–0"], [3, 3], "y2"],
      ["Head class's w<sub>h</sub>", ["7–0", "8–0"], [-5, -5], "y2"],
      ["Tail class's w<sub>t</sub>", ["7–0", "8–0"], [4, 4], "y4"],
      ["Head class's w<sub>h</sub>", ["7–0", "8–0"], [12, 12], "y4"],
    ],
  );
  const titles = Object.entries(plotly.layout).flatMap(([key, axis]) =>
    /^[xy]axis/.test(key) ? [(axis as { title: { text: string } }).title.text] : [],
  );
  t.is(titles.length, 8);
  t.true(titles.every((title) => title !== ""));
  t.deepEqual(JSON.parse(JSON.stringify(plotly)), plotly);
});

test("figure 3: says in words what it shows, of which run", (t) => {
  const { caption, altText } = draw(forces(0.3));
  const found =
    "Kept channels, Eq. 10: ‖w‖ cos θ is 3.00 for tail and −5.00 for head classes, and the tail class's is the larger one in 90 % of the draws; Replaced channels, Eq. 8: ‖w‖ cos θ is 4.00 for tail and 12.00 for head classes, and the head class's is the larger one in 25 % of the draws";
  t.true(altText.endsWith(`${found}.`), altText);
  t.true(
    caption.includes(`${found}. table-1/cifar10/100/dr-h2t, after the last epoch. Profile paper`),
    caption,
  );
  t.true(
    caption.includes("means over 7 draws of an image of either class and of a mask at p = 0.3"),
    caption,
  );
});

test("figure 3: where every channel is replaced one row is left, and without forces none", (t) => {
  t.is(draw(forces(1, { kept: null })).plotly.data.length, 4);
  t.throws(() => draw(null), {
    instanceOf: FailureError,
    message:
      'the two forces are measured on stage II with a linear classifier, got table-1/cifar10/100/dr-h2t; use "table-1/cifar10/100/dr-h2t", for example',
  });
});
