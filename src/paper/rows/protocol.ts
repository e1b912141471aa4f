import type { ClassifierStage } from "../../training/stage.ts";
import type { Experiment } from "../experiment.ts";
import { linear, mixupStageOne } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";
import { fused } from "../methods/head-to-tail.ts";
import { publishedFigure5 } from "../published/figure-5.ts";
import { frozen } from "./frozen.ts";

const setting = { dataset: "cifar10", imbalanceRatio: 100 } as const;

/** How the kept backbone normalises: with drifting statistics (code), or as stage I left it (text), on the frozen rows' features. */
const normalisations = {
  "shift-bn": decoupled(setting.imbalanceRatio),
  "kept-bn": frozen,
} as const satisfies Record<string, ClassifierStage>;
export type Normalisation = keyof typeof normalisations;

/** From where the classifier starts: from stage I's (code), or drawn anew (cRT, which the text cites). */
export const startingClassifiers = ["fine-tuned", "re-initialised"] as const;
export type StartingClassifier = (typeof startingClassifiers)[number];

/** The samplers of Table 5 that feed the fusing branch, by the names they have there. */
export const fusingSamplers = {
  "bs-is": "instance",
  "bs-bs": "class-balanced",
  "bs-rs": "reversed",
} as const;
export type FusingPair = keyof typeof fusingSamplers;

/** p of Table 5. */
const tableRatio = 0.3;

/** The choices that the paper leaves open, made: `h2t` is null for DR itself. */
export interface ProtocolChoice {
  readonly normalisation: Normalisation;
  readonly startingClassifier: StartingClassifier;
  readonly h2t: { readonly pair: FusingPair; readonly ratio: number } | null;
}

/** The row of a choice: `protocol/cifar10/100/shift-bn/fine-tuned/bs-is/0.3`, `…/kept-bn/re-initialised/dr`. */
export const protocolRowId = ({ normalisation, startingClassifier, h2t }: ProtocolChoice): string =>
  [
    ...["protocol", setting.dataset, setting.imbalanceRatio, normalisation, startingClassifier],
    ...(h2t === null ? ["dr"] : [h2t.pair, h2t.ratio.toFixed(1)]),
  ].join("/");

/** DR, DR+H2T at every ratio of Figure 5, and Table 5's other fusing samplers at its ratio. */
const trained: readonly ProtocolChoice["h2t"][] = [
  null,
  ...publishedFigure5.map(({ ratio }) => ({ pair: "bs-is" as const, ratio })),
  ...(["bs-bs", "bs-rs"] as const).map((pair) => ({ pair, ratio: tableRatio })),
];

export const normalisationNames = Object.keys(normalisations) as Normalisation[];

/** Every choice that is trained. */
export const protocolChoices: readonly ProtocolChoice[] = normalisationNames.flatMap((normalisation) =>
  startingClassifiers.flatMap((startingClassifier) =>
    trained.map((h2t) => ({ normalisation, startingClassifier, h2t })),
  ),
);

const described = ({ normalisation, startingClassifier, h2t }: ProtocolChoice): string =>
  [
    h2t === null ? "DR" : `DR+H2T (${h2t.pair.toUpperCase().replace("-", "+")}), p = ${h2t.ratio.toFixed(1)}`,
    normalisation === "shift-bn" ? "shift-BN on" : "shift-BN off, four crops",
    `classifier ${startingClassifier}`,
  ].join(", ");

/** DR's stage II with the choices made. */
function stageOf({ normalisation, startingClassifier, h2t }: ProtocolChoice): ClassifierStage {
  const dr: ClassifierStage = { ...normalisations[normalisation], initialClassifier: startingClassifier };
  return h2t === null ? dr : fused(dr, { ratio: h2t.ratio, fusingSampler: fusingSamplers[h2t.pair] });
}

/**
 * What the protocol's own choices do to DR and DR+H2T on CIFAR-10-LT at ratio 100, from one stage I: batch norm, where the
 * classifier starts, fusion ratio and fusing sampler. Rows that Table 1 has, too, share its runs.
 */
export const protocolRows: readonly Experiment[] = protocolChoices.map((choice) => ({
  ...{ id: protocolRowId(choice), label: described(choice), ...setting, backbone: "resnet32" as const },
  ...{ classifier: linear, stage: stageOf(choice), from: `table-1/cifar10/100/${mixupStageOne(setting)}` },
  ...(choice.h2t === null ? {} : { base: protocolRowId({ ...choice, h2t: null }) }),
}));
