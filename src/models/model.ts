import type { Tensor2D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import type { BatchNormDrift } from "../engine/ops/batch-norm.ts";
import { tf } from "../engine/tensorflow.ts";

/** Variables by name, in the order in which they were made. */
export type NamedVariables = ReadonlyMap<string, Variable>;

/**
 * How batch normalisation runs.
 *
 * - `training`: statistics of the batch normalise; the running statistics move.
 * - `inference`: the running statistics normalise; nothing moves.
 * - a function: statistics of the batch normalise; nothing moves, and the function is given what would move the running
 *   statistics, layer by layer in the order of `Backbone.statistics`.
 */
export type BatchNormMode = "training" | "inference" | Drifting;
type Drifting = (drift: BatchNormDrift) => void;

/** 1: the mean of each channel; 2: also the mean of its squares. */
export type Moments = 1 | 2;

/** From images to the feature map before the last pooling. */
export interface Backbone {
  /** Experts whose maps the feature map holds, one after another along the channels, E. */
  readonly experts: number;
  /** Channels of the feature map, E·d with d channels an expert. */
  readonly featureSize: number;
  /** What stage I trains. */
  readonly parameters: NamedVariables;
  /** Running means and variances of batch normalisation: mean and variance of the first layer, of the second, … */
  readonly statistics: NamedVariables;
  /**
   * @param images - `[batch, 32, 32, 3]`, normalised.
   * @param expert - 0 … E − 1: computes that expert's map alone.
   * @returns `[batch, height, width, E·d]`, or `[batch, height, width, d]` of one expert; all ≥ 0.
   * @throws {UsageError} if there is no such expert.
   */
  featureMap(images: Tensor4D, mode: BatchNormMode, expert?: number): Tensor4D;
}

/** From pooled features `[batch, moments·E·d]` to logits `[batch, C]`. */
export interface Classifier {
  readonly parameters: NamedVariables;
  /** Running means and variances of batch normalisation, if the classifier has any. */
  readonly statistics: NamedVariables;
  /** What `pool` has to keep of each channel: the mean, or the mean of squares, too. */
  readonly moments: Moments;
  /** The sets of logits that the loss is measured on; one unless there are several experts or branches. */
  heads(features: Tensor2D, mode: Exclude<BatchNormMode, Drifting>): readonly Tensor2D[];
  /** The logits that are predicted with; running statistics normalise. */
  logits(features: Tensor2D): Tensor2D;
}

/** A backbone and its classifier. */
export interface Model {
  readonly backbone: Backbone;
  readonly classifier: Classifier;
  readonly numClasses: number;
}

/**
 * The mean of each channel over the feature map and, on demand, the mean of its squares.
 *
 * @param featureMap - `[batch, height, width, d]`.
 * @returns `[batch, d]`; with two moments `[batch, 2·d]`, the means before the means of squares.
 * @example pool(tf.tensor4d([1, 3], [1, 1, 2, 1]), 2).arraySync(); // → [[2, 5]]
 */
export function pool(featureMap: Tensor4D, moments: Moments = 1): Tensor2D {
  const means = tf.mean<Tensor2D>(featureMap, [1, 2]);
  return moments === 1 ? means : tf.concat([means, tf.mean<Tensor2D>(tf.square(featureMap), [1, 2])], 1);
}

/** The logits of each head for a feature map. */
export const classifyMap = (
  { classifier }: Model,
  featureMap: Tensor4D,
  mode: Exclude<BatchNormMode, Drifting>,
): readonly Tensor2D[] => classifier.heads(pool(featureMap, classifier.moments), mode);

/** What a model's classifier reads of images. @returns `[batch, moments·E·d]`. */
export const pooledFeatures = (
  { backbone, classifier }: Model,
  images: Tensor4D,
  mode: BatchNormMode,
): Tensor2D => pool(backbone.featureMap(images, mode), classifier.moments);

/** Numbers of an image that a model's classifier reads, moments·E·d. */
export const pooledSize = ({ backbone, classifier }: Model): number =>
  backbone.featureSize * classifier.moments;

/** Every variable of a classifier, by name. */
export const classifierVariables = ({ parameters, statistics }: Classifier): NamedVariables =>
  new Map([...parameters, ...statistics]);

/** Every variable of a model, by name: what a checkpoint holds. */
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

/** Frees a model's variables. */
export function disposeModel(model: Model): void {
  for (const variable of modelVariables(model).values()) variable.dispose();
}
