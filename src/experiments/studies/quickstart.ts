import type { Experiment } from "../experiment.ts";
import { linear, mixupRepresentation } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";
import { fused } from "../methods/head-to-tail.ts";
import { publishedFigure5 } from "../published/figure-5.ts";

const setting = { dataset: "cifar10", imbalanceRatio: 100 } as const;
const shared = { ...setting, backbone: "resnet8", classifier: linear } as const satisfies Partial<Experiment>;

/** Stage I of every other row. */
const from = "quickstart/ce-mixup";
const base = "quickstart/dr";

/** The row of one fusion ratio: `quickstart/dr-h2t/0.3`. */
export const quickstartRowId = (ratio: number): string => `quickstart/dr-h2t/${ratio.toFixed(1)}`;

/**
 * DR and DR+H2T with a network of 8 layers in place of 32, everything else as in Table 1: the demo of both stages takes
 * less than a minute.
 */
export const quickstartRows: readonly Experiment[] = [
  { id: from, label: "CE + mixup, ResNet-8", ...shared, stage: mixupRepresentation },
  { id: base, label: "DR, ResNet-8", ...shared, stage: decoupled(setting.imbalanceRatio), from },
  ...publishedFigure5.map(({ ratio }) => ({
    ...{ id: quickstartRowId(ratio), label: `DR+H2T, p = ${ratio.toFixed(1)}, ResNet-8`, ...shared },
    ...{ stage: fused(decoupled(setting.imbalanceRatio), { ratio }), from, base },
  })),
];
