import type { RunRecord } from "../../runs/record.ts";
import { classColours } from "../theme.ts";
import type { Figure } from "./figure.ts";
import { measuredOn } from "./measured-on.ts";
import type { PlotlyTrace } from "./plotly-figure.ts";
import { plotlyAxis, plotlyLayout } from "./plotly-layout.ts";

/** A finished run and what its line is called. */
export interface NamedRun {
  readonly label: string;
  readonly record: RunRecord;
}

type Epoch = RunRecord["history"][number];

const panels: readonly { readonly title: string; readonly of: (epoch: Epoch) => number }[] = [
  { title: "Training loss (nats)", of: ({ trainLoss }) => trainLoss },
  { title: "Test accuracy (%)", of: ({ accuracy }) => 100 * accuracy },
];

const suffix = (i: number) => (i === 0 ? "" : String(i + 1));

/** So many lines have colours of their own. */
const maxLines = classColours.length;
/** Strong ones first: the shared order is that of classes, whose last ones are rare. */
const colours = [...classColours].reverse();

function tracesOf(runs: readonly NamedRun[]): PlotlyTrace[] {
  return panels.flatMap(({ title, of }, panel) =>
    runs.map(
      ({ label, record }, i): PlotlyTrace => ({
        type: "scatter",
        mode: record.history.length > 40 ? "lines" : "lines+markers",
        name: `${label}, seed ${record.seed}`,
        x: record.history.map(({ epoch }) => epoch),
        y: record.history.map((epoch) => Number(of(epoch).toFixed(3))),
        ...{ xaxis: `x${suffix(panel)}`, yaxis: `y${suffix(panel)}` },
        legendgroup: String(i),
        showlegend: panel === 0,
        line: { color: colours[i] ?? "", width: 1.8 },
        marker: { size: 5 },
        hovertemplate: `${label}<br>epoch %{x}: %{y} (${title})<extra></extra>`,
      }),
    ),
  );
}

/**
 * Training loss and test accuracy by epoch, one line per run.
 *
 * @param runs - of one stage, profile and data set, at least one; the first ten are drawn.
 * @param stage - whose epochs these are.
 */
export function learningCurves(runs: readonly NamedRun[], stage: "I" | "II"): Figure {
  const drawn = runs.slice(0, maxLines);
  const left = runs.length - drawn.length;
  const ends = drawn.map(({ label, record }) => {
    const last = record.history.at(-1);
    return last === undefined
      ? label
      : `${label}: loss ${last.trainLoss.toFixed(3)}, accuracy ${(100 * last.accuracy).toFixed(2)} % after epoch ${last.epoch}`;
  });
  return {
    name: `curves-stage-${stage === "I" ? 1 : 2}`,
    title: `Loss and accuracy of stage ${stage}`,
    caption: [
      "Above: mean training loss per epoch; losses of different methods have different scales. Below: accuracy on the test set. One seed per row.",
      ...(left > 0 ? [`${left} more rows are not drawn.`] : []),
      measuredOn(drawn.map(({ record }) => record)),
    ].join(" "),
    altText: `Line charts of training loss and test accuracy by epoch of stage ${stage}. ${ends.join("; ")}.`,
    plotly: {
      data: tracesOf(drawn),
      layout: plotlyLayout({
        height: 560,
        margin: { l: 60, r: 14, t: 30 + 20 * Math.ceil(drawn.length / 3), b: 52 },
        xaxis: plotlyAxis("", { anchor: "y", matches: "x2", showticklabels: false }),
        yaxis: plotlyAxis(panels[0]?.title ?? "", { domain: [0.54, 1], rangemode: "tozero" }),
        xaxis2: plotlyAxis(`Epoch of stage ${stage}`, { anchor: "y2" }),
        yaxis2: plotlyAxis(panels[1]?.title ?? "", { domain: [0, 0.46] }),
      }),
    },
  };
}
