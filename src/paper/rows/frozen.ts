import type { ClassifierStage } from "../../training/stage.ts";
import type { Experiment } from "../experiment.ts";
import { linear, mixupStageOne } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";
import { fused } from "../methods/head-to-tail.ts";
import { publishedFigure5 } from "../published/figure-5.ts";

const setting = { dataset: "cifar10", imbalanceRatio: 100 } as const;
const family = `frozen/${setting.dataset}/${setting.imbalanceRatio}`;

/** DR's stage II on a backbone that nothing moves: four fixed crops of each image, in half precision. */
export const frozen: ClassifierStage = {
  ...decoupled(setting.imbalanceRatio),
  shiftBatchNorm: false,
  views: 4,
  halfPrecision: true,
};

const shared = {
  ...{ ...setting, backbone: "resnet32", classifier: linear },
  from: `table-1/cifar10/100/${mixupStageOne(setting)}`,
} as const satisfies Partial<Experiment>;

/** The row of one fusion ratio: `frozen/cifar10/100/bs-is/0.3`. */
export const frozenRowId = (ratio: number): string => `${family}/bs-is/${ratio.toFixed(1)}`;

/**
 * DR and DR+H2T at every fusion ratio on a frozen backbone, all from one small set of features.
 *
 * The features of the longest stage I ship with the kit, so these rows train in seconds and without images; that
 * batch norm does not drift, that crops repeat and that features are rounded sets them apart from Table 1's.
 */
export const frozenRows: readonly Experiment[] = [
  { id: `${family}/dr`, label: "DR, frozen backbone", ...shared, stage: frozen },
  ...publishedFigure5.map(({ ratio }) => ({
    ...{ id: frozenRowId(ratio), label: `DR+H2T, frozen backbone, p = ${ratio.toFixed(1)}`, ...shared },
    ...{ stage: fused(frozen, { ratio }), base: `${family}/dr` },
  })),
];
