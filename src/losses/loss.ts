import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import type { InputSpec } from "../engine/compile.ts";
import { balancedSoftmaxLoss } from "./balanced-softmax.ts";
import { type BatchLoss, logitsLoss } from "./batch-loss.ts";
import { crossEntropyLoss } from "./cross-entropy.ts";
import { deferredBeta, drwWeights } from "./drw-weights.ts";
import { drawCloudNoise, gclLossOfLogits } from "./gcl.ts";
import { labelAwareSmoothingLoss } from "./label-aware-smoothing.ts";
import { ldamLossOfLogits } from "./ldam.ts";
import { resltLoss } from "./reslt.ts";
import { diversityTemperatures, rideLossAtTemperatures } from "./ride.ts";

/** Deferred re-weighting. */
interface Deferred {
  /** Epochs after which classes are weighted by `drwWeights`; null for never. */
  readonly reweightAfter: number | null;
}

/** Loss that a stage minimises, as data. The file of each loss documents its parameters. */
export type Loss =
  | { readonly kind: "crossEntropy" }
  | { readonly kind: "balancedSoftmax" }
  | ({ readonly kind: "ldam"; readonly scale: number; readonly maxMargin: number } & Deferred)
  | {
      readonly kind: "labelAwareSmoothing";
      readonly headSmoothing: number;
      readonly tailSmoothing: number;
    }
  | {
      readonly kind: "gcl";
      readonly scale: number;
      readonly margin: number;
      readonly noiseScale: number;
      readonly focal: number;
    }
  | ({
      readonly kind: "ride";
      readonly scale: number;
      readonly maxMargin: number;
      readonly diversityFactor: number;
      readonly reweightFactor: number;
    } & Deferred)
  | {
      readonly kind: "reslt";
      readonly beta: number;
      /** Share of the classes, most frequent first, that precedes the medium classes, in [0, 1]. */
      readonly mediumFrom: number;
      /** Share of the classes, most frequent first, that precedes the tail classes, in [0, 1]. */
      readonly tailFrom: number;
    };

type Builder<K extends Loss["kind"]> = (
  loss: Extract<Loss, { kind: K }>,
  classCounts: readonly number[],
) => BatchLoss;

const builders: { readonly [K in Loss["kind"]]: Builder<K> } = {
  crossEntropy: () => logitsLoss((logits, labels) => crossEntropyLoss(logits, labels)),
  balancedSoftmax: (_loss, classCounts) =>
    logitsLoss((logits, labels) => balancedSoftmaxLoss(logits, labels, { classCounts })),
  labelAwareSmoothing: (loss, classCounts) =>
    logitsLoss((logits, labels) => labelAwareSmoothingLoss(logits, labels, { ...loss, classCounts })),
  ldam: (loss, classCounts) => {
    const classWeights = deferredWeights(loss, classCounts);
    return {
      inputs: { classWeights: perClass(classCounts) },
      beginEpoch: (epoch) => () => ({ classWeights: classWeights(epoch) }),
      compute: ([logits], labels, inputs) =>
        ldamLossOfLogits(logits as Tensor2D, labels, {
          ...loss,
          classCounts,
          classWeights: inputs.classWeights as Tensor1D,
        }),
    };
  },
  gcl: (loss, classCounts) => ({
    inputs: { noise: { shape: [null, classCounts.length], dtype: "float32" } },
    beginEpoch: (_epoch, stream) => (count) => ({
      noise: drawCloudNoise(count, classCounts.length, stream),
    }),
    compute: ([logits], labels, inputs) =>
      gclLossOfLogits(logits as Tensor2D, labels, { ...loss, classCounts, noise: inputs.noise as Tensor2D }),
  }),
  ride: (loss, classCounts) => {
    const classWeights = deferredWeights(loss, classCounts);
    const even = Float32Array.from(classCounts, () => 1);
    const deferred = Float32Array.from(diversityTemperatures(classCounts, loss.reweightFactor));
    const temperatures = (epoch: number) => (isReweighted(loss, epoch) ? deferred : even);
    return {
      inputs: { classWeights: perClass(classCounts), temperatures: perClass(classCounts) },
      beginEpoch: (epoch) => () => ({
        classWeights: classWeights(epoch),
        temperatures: temperatures(epoch),
      }),
      compute: (outputs, labels, inputs) =>
        rideLossAtTemperatures(outputs, labels, {
          ...loss,
          classCounts,
          classWeights: inputs.classWeights as Tensor1D,
          temperatures: inputs.temperatures as Tensor1D,
        }),
    };
  },
  reslt: ({ beta, mediumFrom, tailFrom }, { length: classes }) => {
    const groupStarts = [0, Math.round(mediumFrom * classes), Math.round(tailFrom * classes)];
    return {
      inputs: {},
      beginEpoch: () => () => ({}),
      compute: (outputs, labels) => resltLoss(outputs, labels, { groupStarts, beta }),
    };
  },
};

const perClass = ({ length }: readonly number[]): InputSpec => ({ shape: [length], dtype: "float32" });

const isReweighted = ({ reweightAfter }: Deferred, epoch: number) =>
  reweightAfter !== null && epoch >= reweightAfter;

/** Class weights by epoch: all 1 until re-weighting starts. */
function deferredWeights(loss: Deferred, classCounts: readonly number[]): (epoch: number) => Float32Array {
  const even = Float32Array.from(classCounts, () => 1);
  const weights = Float32Array.from(drwWeights(classCounts, deferredBeta));
  return (epoch) => (isReweighted(loss, epoch) ? weights : even);
}

/**
 * Builds a loss for a compiled step.
 *
 * @param classCounts - n, `[C]`, training images per class.
 * @throws {UsageError} if a class has no images.
 */
export const buildLoss = <K extends Loss["kind"]>(
  loss: Extract<Loss, { kind: K }>,
  classCounts: readonly number[],
): BatchLoss => (builders[loss.kind as K] as Builder<K>)(loss, classCounts);
