import type { ClassifierStage } from "../../stages/stage.ts";
import type { Experiment } from "../experiment.ts";
import { linear, mixupStageOne } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";
import { fused } from "../methods/head-to-tail.ts";
import { publishedFigure5 } from "../published/figure-5.ts";

/** The data sets on which stage II is studied beyond the paper's tables, all at ratio 100. */
export const studiedDatasets = ["cifar10", "cifar100"] as const;
export type StudiedDataset = (typeof studiedDatasets)[number];
export const studiedRatio = 100;

/** Stage I of a study: cross-entropy with mixup. */
export const studiedStageOne = (dataset: StudiedDataset): string =>
  `table-1/${dataset}/${studiedRatio}/${mixupStageOne({ dataset, imbalanceRatio: studiedRatio })}`;

/** The samplers of Table 5 that feed the fusing branch, by the names they have there. */
export const fusingSamplers = {
  "bs-is": "instance",
  "bs-bs": "class-balanced",
  "bs-rs": "reversed",
} as const;
export type FusingPair = keyof typeof fusingSamplers;

/** p of Table 5. */
export const tableRatio = 0.3;

/** DR+H2T at every ratio of Figure 5, and Table 5's other fusing samplers at its ratio. */
export const studiedFusions: readonly { readonly pair: FusingPair; readonly ratio: number }[] = [
  ...publishedFigure5.map(({ ratio }) => ({ pair: "bs-is" as const, ratio })),
  ...(["bs-bs", "bs-rs"] as const).map((pair) => ({ pair, ratio: tableRatio })),
];

/** DR's stage II on a frozen backbone: four fixed crops of each image, in half precision. */
export const frozen: ClassifierStage = {
  ...decoupled(studiedRatio),
  shiftBatchNorm: false,
  views: 4,
  halfPrecision: true,
};

/** The rows of a data set: `frozen/cifar10/100`. */
export const frozenFamily = (dataset: StudiedDataset): string => `frozen/${dataset}/${studiedRatio}`;

/** The row of one fusion ratio: `frozen/cifar10/100/bs-is/0.3`. */
export const frozenRowId = (dataset: StudiedDataset, ratio: number, pair: FusingPair = "bs-is"): string =>
  `${frozenFamily(dataset)}/${pair}/${ratio.toFixed(1)}`;

/** DR without fusion. */
export const frozenDrId = (dataset: StudiedDataset): string => `${frozenFamily(dataset)}/dr`;

/**
 * Table 5's rows and Figure 5's ratios on a frozen backbone, all from one small set of features.
 *
 * The features of one stage I ship with the kit, so these rows train in seconds and without images. They differ from the
 * paper's rows in three points: shift-BN is off, crops repeat, and features are rounded.
 */
export const frozenRows: readonly Experiment[] = studiedDatasets.flatMap((dataset) => {
  const shared = {
    dataset,
    imbalanceRatio: studiedRatio,
    backbone: "resnet32",
    classifier: linear,
    from: studiedStageOne(dataset),
    prefersShippedFeatures: true,
  } as const;
  return [
    { id: frozenDrId(dataset), label: "DR, frozen backbone", ...shared, stage: frozen },
    ...studiedFusions.map(({ pair, ratio }) => ({
      id: frozenRowId(dataset, ratio, pair),
      label: `DR+H2T (${pairTitle(pair)}), frozen backbone, p = ${ratio.toFixed(1)}`,
      ...shared,
      stage: fused(frozen, { ratio, fusingSampler: fusingSamplers[pair] }),
      base: frozenDrId(dataset),
    })),
  ];
});

/** `BS+IS`, as in Table 5. */
export function pairTitle(pair: FusingPair): string {
  return pair.toUpperCase().replace("-", "+");
}
