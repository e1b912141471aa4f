import type { Tensor2D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import type { StatisticsUpdate } from "../engine/ops/batch-norm.ts";
import { tf } from "../engine/tensorflow.ts";

/** Variables by name, in creation order. */
export type NamedVariables = ReadonlyMap<string, Variable>;

/**
 * Mode of batch normalisation.
 *
 * - `training`: normalises by the batch statistics and updates the running statistics.
 * - `inference`: normalises by the running statistics and updates nothing.
 * - a function: normalises by the batch statistics and updates nothing; the function receives the statistics update of
 *   each layer, in the order of `Backbone.statistics`.
 */
export type BatchNormMode = "training" | "inference" | UpdateListener;
type UpdateListener = (update: StatisticsUpdate) => void;

/** Pooled moments: 1 for the mean of each channel, 2 to add the mean of its squares. */
export type Moments = 1 | 2;

/** Computes the feature map before the final pooling. */
export interface Backbone {
  /** E, number of experts; their maps are concatenated along the channels. */
  readonly experts: number;
  /** Channels of the feature map, E·d with d channels per expert. */
  readonly featureSize: number;
  /** Variables that stage I trains. */
  readonly parameters: NamedVariables;
  /** Running means and variances of batch normalisation, in the order mean and variance of the first layer, of the second, … */
  readonly statistics: NamedVariables;
  /**
   * @param images - `[batch, 32, 32, 3]`, normalised.
   * @param expert - 0 … E − 1, to compute the map of that expert alone.
   * @returns `[batch, height, width, E·d]`, or `[batch, height, width, d]` for one expert; all ≥ 0.
   * @throws {UsageError} if there is no such expert.
   */
  featureMap(images: Tensor4D, mode: BatchNormMode, expert?: number): Tensor4D;
}

/** Computes logits `[batch, C]` from pooled features `[batch, moments·E·d]`. */
export interface Classifier {
  readonly parameters: NamedVariables;
  /** Running means and variances of batch normalisation, if the classifier has any. */
  readonly statistics: NamedVariables;
  /** Moments of each channel that `pool` must compute. */
  readonly moments: Moments;
  /** Computes the logits for the loss, one set per expert or branch. */
  outputs(features: Tensor2D, mode: Exclude<BatchNormMode, UpdateListener>): readonly Tensor2D[];
  /** Computes the logits for prediction, with running statistics. */
  logits(features: Tensor2D): Tensor2D;
}

/** Backbone and classifier. */
export interface Model {
  readonly backbone: Backbone;
  readonly classifier: Classifier;
  readonly numClasses: number;
}

/**
 * Averages each channel over the feature map and, for two moments, also its squares.
 *
 *     μ_j = mean_hw x_hwj,   ν_j = mean_hw x²_hwj
 *
 * Use it between `backbone.featureMap` and `classifier.logits`, with `classifier.moments`.
 *
 * @param featureMap - x, `[batch, height, width, d]`.
 * @param moments - 1 for μ, 2 for μ and ν.
 * @returns μ, `[batch, d]`; with two moments μ followed by ν, `[batch, 2·d]`.
 * @example pool(tf.tensor4d([1, 3], [1, 1, 2, 1]), 2).arraySync(); // → [[2, 5]]
 */
export function pool(featureMap: Tensor4D, moments: Moments = 1): Tensor2D {
  const means = tf.mean<Tensor2D>(featureMap, [1, 2]);
  return moments === 1 ? means : tf.concat([means, tf.mean<Tensor2D>(tf.square(featureMap), [1, 2])], 1);
}

/** Computes the logits of each output for a feature map. */
export const classifyMap = (
  { classifier }: Model,
  featureMap: Tensor4D,
  mode: Exclude<BatchNormMode, UpdateListener>,
): readonly Tensor2D[] => classifier.outputs(pool(featureMap, classifier.moments), mode);

/** Computes the input of a model's classifier for images. @returns `[batch, moments·E·d]`. */
export const pooledFeatures = (
  { backbone, classifier }: Model,
  images: Tensor4D,
  mode: BatchNormMode,
): Tensor2D => pool(backbone.featureMap(images, mode), classifier.moments);

/** Size of the input of a model's classifier per image, moments·E·d. */
export const pooledSize = ({ backbone, classifier }: Model): number =>
  backbone.featureSize * classifier.moments;

/** All variables of a classifier, by name. */
export const classifierVariables = ({ parameters, statistics }: Classifier): NamedVariables =>
  new Map([...parameters, ...statistics]);

/**
 * Collects all variables of a model by name, in checkpoint order.
 *
 * Use it to inspect, save or compare weights.
 *
 * @param model - backbone and classifier.
 * @returns parameters and running statistics, prefixed with `backbone.` or `classifier.`.
 * @example modelVariables(resnet32(10)).get("classifier.weight")?.shape; // → [64, 10]
 */
export function modelVariables({ backbone, classifier }: Model): NamedVariables {
  const named = (part: string, variables: NamedVariables) =>
    [...variables].map(([name, variable]) => [`${part}.${name}`, variable] as const);
  return new Map([
    ...named("backbone", backbone.parameters),
    ...named("backbone", backbone.statistics),
    ...named("classifier", classifier.parameters),
    ...named("classifier", classifier.statistics),
  ]);
}

/**
 * Frees the variables of a model.
 *
 * Use it when a model is no longer needed, because the engine's memory is not garbage-collected.
 *
 * @param model - backbone and classifier; unusable afterwards.
 * @example disposeModel(resnet32(10));
 */
export function disposeModel(model: Model): void {
  for (const variable of modelVariables(model).values()) variable.dispose();
}
