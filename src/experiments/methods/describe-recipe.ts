import type { Loss } from "../../losses/loss.ts";
import type { ClassifierKind } from "../../models/classifier.ts";
import type { Schedule } from "../../stages/schedule.ts";
import type { ClassifierStage, RepresentationStage } from "../../stages/stage.ts";
import type { BackboneName } from "../backbones.ts";
import { plainRepresentation } from "./cross-entropy.ts";
import { decoupled } from "./decoupling.ts";
import type { Recipe, Setting } from "./method.ts";

/** What a recipe does, one phrase a matter; nothing where it does what is usual. */
export type Phrases = Readonly<Record<string, string | false | undefined>>;

const lossNames: Readonly<Record<Loss["kind"], string>> = {
  crossEntropy: "cross-entropy",
  balancedSoftmax: "balanced softmax",
  ldam: "LDAM",
  labelAwareSmoothing: "label-aware smoothing",
  gcl: "Gaussian clouded logits",
  ride: "RIDE's loss",
  reslt: "ResLT's loss",
};

type MultistepSchedule = Extract<Schedule, { kind: "multistep" }>;

/** Words for a loss's parameters; those left out are said with the classifier, or are the same wherever it occurs. */
const lossParameters: Readonly<Record<string, (value: number) => string>> = {
  headSmoothing: (value) => `${value} of the head`,
  tailSmoothing: (value) => `${value} of the tail`,
  margin: (value) => `margin ${value}`,
  focal: (value) => `focus ${value}`,
  diversityFactor: (value) => `diversity ${value}`,
  reweightAfter: (value) => `classes weighed after epoch ${value}`,
  beta: (value) => `β = ${value}`,
};

/** A loss and its own parameters. */
export function describeLoss({ kind, ...parameters }: Loss): string {
  const words = Object.entries(parameters).flatMap(([name, value]) =>
    typeof value === "number" ? (lossParameters[name]?.(value) ?? []) : [],
  );
  return words.length === 0 ? lossNames[kind] : `${lossNames[kind]} (${words.join(", ")})`;
}

const backboneNames: Readonly<Record<BackboneName, string | undefined>> = {
  resnet32: undefined,
  resnet8: "ResNet-8",
  "resnet32-bilateral": "two branches",
  "resnet32-experts": "three experts of full width",
  "resnet32-narrow-experts": "three narrow experts",
};

/** A classifier; undefined for the linear one. */
export function describeClassifier(classifier: ClassifierKind): string | undefined {
  switch (classifier.kind) {
    case "linear":
      return;
    case "cosine":
      return `cosine classifier × ${classifier.scale}`;
    case "scaledLinear":
      return "a learned scale for each class";
    case "tauNormalised":
      return `weights by their length to the power ${classifier.tau}`;
    case "perExpert":
      return `${describeClassifier(classifier.of) ?? "linear classifier"}, one an expert`;
    case "residualBranches":
      return "three branches";
  }
}

/** What is mixed in stage I; undefined for nothing. */
export function describeMixing({ mixing }: RepresentationStage): string | undefined {
  switch (mixing.kind) {
    case "none":
      return;
    case "mixup":
      return `mixup, α = ${mixing.alpha}`;
    case "cutMix":
      return `boxes of ${mixing.sampler} images pasted in, probability ${mixing.probability}`;
    case "bilateral":
      return `second branch on ${mixing.sampler} images`;
  }
}

/** `0.02`, `5e-4`; without the last digits of a product. */
const formatNumber = (value: number) =>
  value < 1e-3 ? value.toExponential() : String(Number(value.toPrecision(6)));

const unless = <Value>(value: Value, usual: Value, text: string) => value !== usual && text;

/** Stage I of a recipe, where it differs from plain cross-entropy. */
export function describeStageOne({ backbone, classifier }: Recipe, stage: RepresentationStage): Phrases {
  const { optimiser, schedule, batchSize, rotation } = stage;
  const usual = plainRepresentation;
  const { factor, decayAfter, ...warmup }: MultistepSchedule =
    schedule.kind === "multistep" ? schedule : usual.schedule;
  const decayed = `× ${factor} after ${decayAfter.join(" and ")}`;
  return {
    backbone: backboneNames[backbone ?? "resnet32"],
    classifier: describeClassifier(classifier),
    loss: describeLoss(stage.loss),
    mixing: describeMixing(stage),
    rotation: rotation !== undefined && `rotation up to ${rotation}°`,
    batch: unless(batchSize, usual.batchSize, `batches of ${batchSize}`),
    dropLast: stage.dropLast && "whole batches only",
    decays: unless(
      decayed,
      `× ${usual.schedule.factor} after ${usual.schedule.decayAfter.join(" and ")}`,
      decayed,
    ),
    warmup:
      warmup.warmupFrom !== undefined &&
      `warm-up from ${warmup.warmupFrom.toFixed(2)} of the rate, ${warmup.warmupEpochs} epochs`,
    nesterov: optimiser.nesterov && "Nesterov",
    decay: unless(
      optimiser.weightDecay,
      usual.optimiser.weightDecay,
      `weight decay ${formatNumber(optimiser.weightDecay)}`,
    ),
  };
}

/** Stage II of a recipe, where it differs from DR. */
export function describeStageTwo(
  { classifier }: Recipe,
  stage: ClassifierStage,
  { imbalanceRatio }: Setting,
): Phrases {
  const { optimiser, sampler, fusion, epochs, batchSize } = stage;
  const usual = decoupled(imbalanceRatio);
  const rates = Object.entries(stage.rateFactors ?? {}).map(([name, factor]) => `${name} × ${factor}`);
  return {
    classifier: describeClassifier(classifier),
    initial: stage.initialClassifier === "re-initialised" && "drawn anew",
    loss: describeLoss(stage.loss),
    sampler: `${sampler} batches`,
    fusion:
      fusion.kind === "headToTail" &&
      `p = ${fusion.ratio} of the channels ${fusion.content === undefined ? `from ${fusion.fusingSampler} batches` : `replaced by ${fusion.content}`}`,
    epochs: unless(epochs, usual.epochs, `${epochs} epochs`),
    batch: unless(batchSize, usual.batchSize, `batches of ${batchSize}`),
    rate: unless(
      optimiser.learningRate,
      usual.optimiser.learningRate,
      `learning rate ${formatNumber(optimiser.learningRate)}`,
    ),
    rates: rates.length > 0 && `rates of ${rates.join(", ")}`,
    decay: unless(
      optimiser.weightDecay,
      usual.optimiser.weightDecay,
      `weight decay ${formatNumber(optimiser.weightDecay)}`,
    ),
    shift: !stage.shiftBatchNorm && "shift-BN off",
  };
}
