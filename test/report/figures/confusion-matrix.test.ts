import test from "ava";
import { confusionFigure } from "../../../src/report/figures/confusion-matrix.ts";
import { longTailedRecord, madeUpConfusion } from "../../support/figure-input.ts";
import { madeUpAnalysis } from "../../support/made-up-analysis.ts";

const stored = longTailedRecord("table-1/cifar10/100/dr-h2t");
const analysis = madeUpAnalysis(stored.record.runId, { confusion: madeUpConfusion });
const figure = confusionFigure({ records: [stored], analyses: [analysis], profile: "paper" });

test("confusion matrix: each true class's images in percent, by predicted class", (t) => {
  const [trace] = figure.plotly.data;
  t.is(trace?.type, "heatmap");
  t.deepEqual(
    trace?.z,
    madeUpConfusion.map((row) => row.map((count) => 10 * count)),
  );
  t.like(trace, { zmin: 0, zmax: 100, texttemplate: "%{z:.0f}" });
  t.like(figure.plotly.layout, {
    xaxis: { title: { text: "Predicted class" } },
    yaxis: { title: { text: "True class" }, autorange: "reversed" },
  });
});

test("confusion matrix: lines part head, medium and tail", (t) => {
  const shapes = figure.plotly.layout.shapes as readonly { xref: string; x0: number; y0: number }[];
  t.deepEqual(
    shapes.map(({ xref, x0, y0 }) => (xref === "x" ? ["x", x0] : ["y", y0])),
    [
      ["x", 2.5],
      ["y", 2.5],
      ["x", 6.5],
      ["y", 6.5],
    ],
  );
});

test("confusion matrix: the description tells the share recognised and the most frequent mistake", (t) => {
  t.is(
    figure.altText,
    "Heat map of true classes by predicted classes. 55.00 % of 100 test images are recognised; the most frequent mistake takes 90 % of class 9 (truck) for class 0 (airplane).",
  );
});
