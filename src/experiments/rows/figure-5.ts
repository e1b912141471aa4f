import type { Experiment } from "../experiment.ts";
import { linear } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";
import { fused } from "../methods/head-to-tail.ts";
import { publishedFigure5 } from "../published/figure-5.ts";

/** The row of one fusion ratio: `figure-5/0.3`. */
export const figure5RowId = (ratio: number): string => `figure-5/${ratio.toFixed(1)}`;

/**
 * Figure 5: DR+H2T at every fusion ratio p; 0.3 shares its run with Table 5's BS+IS.
 *
 * p = 0 still draws the fusing batch, which moves batch-norm's statistics; Table 5's DR draws none.
 */
export const figure5Rows: readonly Experiment[] = publishedFigure5.map(({ ratio }) => ({
  id: figure5RowId(ratio),
  label: `p = ${ratio.toFixed(1)}`,
  dataset: "cifar100",
  imbalanceRatio: 100,
  backbone: "resnet32",
  classifier: linear,
  stage: fused(decoupled(100), { ratio }),
  from: "table-5/ce",
}));
