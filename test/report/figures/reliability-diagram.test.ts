import test from "ava";
import { reliabilityDiagram } from "../../../src/report/figures/reliability-diagram.ts";
import { longTailedRecord } from "../../support/figure-input.ts";
import { madeUpAnalysis } from "../../support/made-up-analysis.ts";

const { record, ...stored } = longTailedRecord("table-1/cifar10/100/dr-h2t");
const analysis = madeUpAnalysis(record.runId, {
  bins: [
    { above: 0, upTo: 0.25, count: 0, accuracy: null, confidence: null },
    { above: 0.25, upTo: 0.5, count: 10, accuracy: 0.5, confidence: 0.4 },
    { above: 0.5, upTo: 0.75, count: 20, accuracy: 0.55, confidence: 0.7 },
    { above: 0.75, upTo: 1, count: 70, accuracy: 0.8, confidence: 0.9 },
  ],
});
const figure = reliabilityDiagram({
  records: [{ ...stored, record }],
  analyses: [analysis],
  profile: "paper",
});

test("reliability diagram: accuracy and share of the images by bin, an empty bin has no bar", (t) => {
  t.deepEqual(
    figure.plotly.data.map(({ name, x, y }) => [name, x, y]),
    [
      ["Accuracy", [12.5, 37.5, 62.5, 87.5], [null, 50, 55, 80]],
      ["Mean confidence", [40, 70, 90], [40, 70, 90]],
      ["Calibrated", [0, 100], [0, 100]],
      ["Images", [12.5, 37.5, 62.5, 87.5], [0, 10, 20, 70]],
    ],
  );
  t.like(figure.plotly.layout, {
    xaxis: { title: { text: "Confidence (%)" } },
    yaxis: { title: { text: "Accuracy (%)" } },
    yaxis2: { title: { text: "Test images (%)" } },
  });
});

test("reliability diagram: the caption tells the calibration error and on which side it lies", (t) => {
  // 0.1 · 10 + 0.2 · 15 + 0.7 · 10 = 11 points; the first bin is under-confident: −1 + 3 + 7 = 9.
  t.true(
    figure.caption.startsWith(
      "Expected calibration error 11.00 percentage points over 4 bins; over-confident by 9.00 on average. Confidence is the highest predicted probability of an image. Row table-1/cifar10/100/dr-h2t, after the last epoch, 100 test images. Profile paper: as published; CIFAR-10,",
    ),
    figure.caption,
  );
});
