import test from "ava";
import { findExperiment } from "../../../src/experiments/rows/experiments.ts";
import {
  type TrainedRun,
  trainingCurves,
  trainingCurvesToPlotly,
} from "../../../src/report/figures/training-curves.ts";
import { trainingCurvesToSvg } from "../../../src/report/figures/training-curves-svg.ts";
import { stageColours, theme } from "../../../src/report/theme.ts";
import { madeUpRecord } from "../../support/made-up-record.ts";

/** A run with these losses and accuracies, of ten epochs when it is finished. */
function runOf(id: string, epochs: readonly (readonly [loss: number, accuracy: number])[]): TrainedRun {
  const experiment = findExperiment(id);
  const { record } = madeUpRecord(experiment, { accuracy: { head: 1, medium: 1, tail: 1, all: 1 } });
  const history = epochs.flatMap(([trainLoss, accuracy], i) =>
    record.history.map((entry) => ({ ...entry, epoch: i + 1, trainLoss, accuracy })),
  );
  return { experiment, seed: 0, epochs: 10, history };
}

const stageOne = runOf("table-5/ce", [
  [2, 0.1],
  [1.5, 0.3],
  [1, 0.25],
]);
const earlier = runOf("table-5/dr", [[0.9, 0.5]]);
const latest = runOf("table-5/bs-is", [
  [0.8, 0.5],
  [0.7, 0.5235],
]);
const figure = trainingCurves([stageOne, earlier, latest]);

test("trainingCurves: loss and accuracy of each stage, axes with units and round ends", (t) => {
  t.is(figure.caption, "table-5/bs-is, seed 0, stage II: epoch 2 of 10, loss 0.700, test accuracy 52.35 %");
  t.deepEqual(
    figure.panels.map(({ stage, titles, epochs, values }) => [
      stage,
      titles.epochs,
      titles.values,
      epochs,
      values,
    ]),
    [
      ["I", "Epoch of stage I", "Training loss (nats)", [0, 10], [1, 2]],
      ["I", "Epoch of stage I", "Test accuracy (%)", [0, 10], [10, 30]],
      ["II", "Epoch of stage II (grey: earlier runs)", "Training loss (nats)", [0, 10], [0.7, 0.9]],
      ["II", "Epoch of stage II (grey: earlier runs)", "Test accuracy (%)", [0, 10], [50, 52.5]],
    ],
  );
});

test("trainingCurves: one stage, one epoch: two panels whose axes have room", (t) => {
  const { panels } = trainingCurves([earlier]);
  t.deepEqual(
    panels.map(({ stage, values }) => [stage, values]),
    [
      ["II", [0.8, 1]],
      ["II", [44, 56]],
    ],
  );
});

test("trainingCurvesToPlotly: every curve in its panel; the latest run of a stage in its colour", (t) => {
  const { data } = trainingCurvesToPlotly(figure);
  t.deepEqual(
    data.map(({ name, x, y, xaxis, yaxis, line }) => [name, x, y, xaxis, yaxis, line]),
    [
      ["table-5/ce, seed 0", [1, 2, 3], [2, 1.5, 1], "x", "y", { color: stageColours.I, width: 2 }],
      ["table-5/ce, seed 0", [1, 2, 3], [10, 30, 25], "x2", "y2", { color: stageColours.I, width: 2 }],
      ["table-5/dr, seed 0", [1], [0.9], "x3", "y3", { color: theme.earlier, width: 1 }],
      ["table-5/bs-is, seed 0", [1, 2], [0.8, 0.7], "x3", "y3", { color: stageColours.II, width: 2 }],
      ["table-5/dr, seed 0", [1], [50], "x4", "y4", { color: theme.earlier, width: 1 }],
      ["table-5/bs-is, seed 0", [1, 2], [50, 52.35], "x4", "y4", { color: stageColours.II, width: 2 }],
    ],
  );
});

test("trainingCurvesToSvg: the points lie where the axes say, in every panel", (t) => {
  const svg = trainingCurvesToSvg(figure);
  // Stage I's loss: 2, 1.5 and 1 between its axis's ends 1 and 2, epochs 1 to 3 of 10.
  t.true(svg.includes('<polyline points="90,12 120,111 150,210"'), svg);
  t.is(svg.match(/<polyline/g)?.length, 6);
  for (const text of [
    "Training loss (nats)",
    "Test accuracy (%)",
    "Epoch of stage II (grey: earlier runs)",
    figure.caption,
  ])
    t.true(svg.includes(`>${text}</text>`), text);
});
