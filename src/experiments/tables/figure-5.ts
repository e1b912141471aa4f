import { publishedFigure5 } from "../published/figure-5.ts";
import { figure5RowId } from "../rows/figure-5.ts";
import { metricLabels, metrics, type PaperTable } from "./table.ts";

/** Figure 5 in numbers: a line for each fusion ratio. */
export const figure5: PaperTable = {
  name: "figure-5",
  title: "Accuracy by group against the fusion ratio p: DR+H2T on CIFAR-100-LT at imbalance ratio 100",
  columns: metrics.map((metric) => ({
    label: metricLabels[metric],
    group: null,
    dataset: "cifar100",
    metric,
  })),
  methods: publishedFigure5.map((point) => ({
    key: point.ratio.toFixed(1),
    name: `p = ${point.ratio.toFixed(1)}`,
    year: null,
    source: "re-run",
    part: "single",
    quotedOnly: null,
    cells: metrics.map((metric) => ({
      published: point[metric],
      ...{ gain: null, over: null },
      rowId: figure5RowId(point.ratio),
    })),
  })),
};
