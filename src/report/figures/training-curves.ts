import { scaleLinear } from "d3-scale";
import type { Experiment } from "../../experiments/experiment.ts";
import type { RunRecord } from "../../runs/record.ts";
import { formatPercent } from "../percent.ts";
import { stageColours, theme } from "../theme.ts";
import type { PlotlyFigure } from "./plotly-figure.ts";

/** A run, finished or not. */
export interface TrainedRun {
  readonly experiment: Experiment;
  readonly seed: number;
  /** That it has when it is finished. */
  readonly epochs: number;
  /** Its epochs so far, at least one. */
  readonly history: RunRecord["history"];
}

/** The course of one number in one run. */
export interface Curve {
  readonly name: string;
  /** Whether no later run of this stage is there. */
  readonly isLatest: boolean;
  readonly epochs: readonly number[];
  readonly values: readonly number[];
}

/** The courses of one number in all runs of one stage. */
export interface Panel {
  readonly stage: "I" | "II";
  /** Of its axes; the number's with the unit. */
  readonly titles: { readonly epochs: string; readonly values: string };
  /** Ends of the axes. */
  readonly epochs: readonly [number, number];
  readonly values: readonly [number, number];
  readonly curves: readonly Curve[];
}

/** Loss and accuracy of training, as plain data for each way of drawing them. */
export interface TrainingCurves {
  readonly caption: string;
  /** In rows of two: loss and accuracy of stage I, of stage II. */
  readonly panels: readonly Panel[];
}

/** In pixels; a panel's with its axes. */
export const captionHeight = 40;
export const panelHeight = 260;

type Epoch = RunRecord["history"][number];

const numbers: readonly { readonly title: string; readonly of: (epoch: Epoch) => number }[] = [
  { title: "Training loss (nats)", of: ({ trainLoss }) => trainLoss },
  { title: "Test accuracy (%)", of: ({ accuracy }) => 100 * accuracy },
];

const stageOf = ({ experiment }: TrainedRun) => (experiment.stage.kind === "representation" ? "I" : "II");
const nameOf = ({ experiment, seed }: TrainedRun) => `${experiment.id}, seed ${seed}`;

/** Round ends for an axis that shows all of some values. */
function endsOf(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = least === most ? Math.abs(least) / 10 || 1 : 0;
  const [from = 0, to = 1] = scaleLinear([Math.max(0, least - room), most + room], [0, 1])
    .nice(4)
    .domain();
  return [from, to];
}

/**
 * The curves of runs.
 *
 * @param runs - at least one; the last one is the one that trains.
 */
export function trainingCurves(runs: readonly TrainedRun[]): TrainingCurves {
  const panels = (["I", "II"] as const).flatMap((stage) => {
    const ofStage = runs.filter((run) => stageOf(run) === stage);
    if (ofStage.length === 0) return [];
    return numbers.map(({ title, of }): Panel => {
      const curves = ofStage.map((run) => ({
        name: nameOf(run),
        isLatest: run === ofStage.at(-1),
        epochs: run.history.map(({ epoch }) => epoch),
        values: run.history.map(of),
      }));
      const most = Math.max(...ofStage.map(({ epochs }) => epochs));
      const titles = {
        epochs: `Epoch of stage ${stage}${curves.length > 1 ? " (grey: earlier runs)" : ""}`,
        values: title,
      };
      return {
        stage,
        titles,
        epochs: [0, most],
        values: endsOf(curves.flatMap(({ values }) => values)),
        curves,
      };
    });
  });
  return { caption: captionOf(runs), panels };
}

function captionOf(runs: readonly TrainedRun[]): string {
  const run = runs.at(-1);
  const last = run?.history.at(-1);
  if (run === undefined || last === undefined) throw new Error("internal: no run, or one without an epoch");
  const numbersOf = `loss ${last.trainLoss.toFixed(3)}, test accuracy ${formatPercent(100 * last.accuracy)} %`;
  return `${nameOf(run)}, stage ${stageOf(run)}: epoch ${last.epoch} of ${run.epochs}, ${numbersOf}`;
}

/** Pixels of either drawing, so that the page keeps its place when one replaces the other. */
export const heightOf = (panels: readonly Panel[]): number =>
  captionHeight + panelHeight * (panels.length / 2);

/** Runs that ended earlier are grey. */
export const colourOf = ({ isLatest }: Curve, { stage }: Panel): string =>
  isLatest ? stageColours[stage] : theme.earlier;

/** The curves as a Plotly figure: two panels a stage. */
export function trainingCurvesToPlotly({ caption, panels }: TrainingCurves): PlotlyFigure {
  const suffix = (i: number) => (i === 0 ? "" : String(i + 1));
  const axis = { gridcolor: theme.grid, zeroline: false, linecolor: theme.muted, showline: true } as const;
  return {
    data: panels.flatMap((panel, i) =>
      panel.curves.map((curve) => ({
        type: "scatter" as const,
        name: curve.name,
        x: curve.epochs,
        y: curve.values.map((value) => Number(value.toFixed(4))),
        xaxis: `x${suffix(i)}`,
        yaxis: `y${suffix(i)}`,
        mode: "lines+markers",
        // Markers on an axis are whole.
        cliponaxis: false,
        marker: { size: 4 },
        line: { color: colourOf(curve, panel), width: curve.isLatest ? 2 : 1 },
        hovertemplate: `${curve.name}<br>epoch %{x}: %{y}<extra>stage ${panel.stage}</extra>`,
      })),
    ),
    layout: {
      height: heightOf(panels),
      // Below Plotly's toolbar.
      title: {
        ...{ text: caption, x: 0, xref: "paper", y: 1, yref: "paper", yanchor: "bottom", pad: { b: 10 } },
        font: { size: theme.fontSize },
      },
      font: { family: theme.font, size: theme.fontSize, color: theme.text },
      paper_bgcolor: theme.background,
      plot_bgcolor: theme.background,
      margin: { l: 64, r: 12, t: 60, b: 48 },
      showlegend: false,
      grid: { rows: panels.length / 2, columns: 2, pattern: "independent", xgap: 0.18, ygap: 0.3 },
      ...Object.fromEntries(
        panels.flatMap(({ titles, epochs, values }, i) => [
          [`xaxis${suffix(i)}`, { ...axis, title: { text: titles.epochs, standoff: 6 }, range: epochs }],
          [`yaxis${suffix(i)}`, { ...axis, title: { text: titles.values }, range: values }],
        ]),
      ),
    },
  };
}
