import type { ClassifierStage } from "../../stages/stage.ts";
import type { Experiment } from "../experiment.ts";
import { linear } from "../methods/cross-entropy.ts";
import { decoupled } from "../methods/decoupling.ts";
import { fused } from "../methods/head-to-tail.ts";
import {
  type FusingPair,
  frozen,
  fusingSamplers,
  pairTitle,
  type StudiedDataset,
  studiedDatasets,
  studiedFusions,
  studiedRatio,
  studiedStageOne,
} from "./frozen.ts";

/** How the backbone of stage II normalises: statistics follow the batches (code), or stay as in stage I (text). */
const normalisations = {
  "shift-bn": decoupled(studiedRatio),
  "kept-bn": frozen,
} as const satisfies Record<string, ClassifierStage>;
export type Normalisation = keyof typeof normalisations;

/** Where the classifier starts: from stage I's (code), or re-initialised (cRT, which the text cites). */
export const startingClassifiers = ["fine-tuned", "re-initialised"] as const;
export type StartingClassifier = (typeof startingClassifiers)[number];

/** The choices that the paper leaves open, made: `h2t` is null for DR itself. */
export interface ProtocolChoice {
  readonly dataset: StudiedDataset;
  readonly normalisation: Normalisation;
  readonly startingClassifier: StartingClassifier;
  readonly h2t: { readonly pair: FusingPair; readonly ratio: number } | null;
}

/** The row of a choice: `protocol/cifar10/100/shift-bn/fine-tuned/bs-is/0.3`, `…/kept-bn/re-initialised/dr`. */
export const protocolRowId = ({ dataset, normalisation, startingClassifier, h2t }: ProtocolChoice): string =>
  [
    ...["protocol", dataset, studiedRatio, normalisation, startingClassifier],
    ...(h2t === null ? ["dr"] : [h2t.pair, h2t.ratio.toFixed(1)]),
  ].join("/");

export const normalisationNames = Object.keys(normalisations) as Normalisation[];

/** Every choice that is trained. */
export const protocolChoices: readonly ProtocolChoice[] = studiedDatasets.flatMap((dataset) =>
  normalisationNames.flatMap((normalisation) =>
    startingClassifiers.flatMap((startingClassifier) =>
      [null, ...studiedFusions].map((h2t) => ({ dataset, normalisation, startingClassifier, h2t })),
    ),
  ),
);

const described = ({ normalisation, startingClassifier, h2t }: ProtocolChoice): string =>
  [
    h2t === null ? "DR" : `DR+H2T (${pairTitle(h2t.pair)}), p = ${h2t.ratio.toFixed(1)}`,
    normalisation === "shift-bn" ? "shift-BN on" : "shift-BN off, four crops",
    `classifier ${startingClassifier}`,
  ].join(", ");

/** DR's stage II with the choices made. */
function stageOf({ normalisation, startingClassifier, h2t }: ProtocolChoice): ClassifierStage {
  const dr: ClassifierStage = { ...normalisations[normalisation], initialClassifier: startingClassifier };
  return h2t === null ? dr : fused(dr, { ratio: h2t.ratio, fusingSampler: fusingSamplers[h2t.pair] });
}

/**
 * The effect of the protocol's own choices on DR and DR+H2T at ratio 100, from one stage I: batch norm, the classifier's start,
 * fusion ratio and fusing sampler. Choices that are rows of Tables 1 and 5 share their runs.
 */
export const protocolRows: readonly Experiment[] = protocolChoices.map((choice) => ({
  id: protocolRowId(choice),
  label: described(choice),
  dataset: choice.dataset,
  imbalanceRatio: studiedRatio,
  backbone: "resnet32" as const,
  classifier: linear,
  stage: stageOf(choice),
  from: studiedStageOne(choice.dataset),
  ...(choice.h2t === null ? {} : { base: protocolRowId({ ...choice, h2t: null }) }),
}));
