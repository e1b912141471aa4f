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
export type BatchNormMode = "training" | "inference" | ((drift: BatchNormDrift) => void);

/** From images to the feature map before the last pooling. */
export interface Backbone {
  /** Channels of the feature map, d. */
  readonly featureSize: number;
  /** What stage I trains. */
  readonly parameters: NamedVariables;
  /** Running means and variances of batch normalisation: mean and variance of the first layer, of the second, … */
  readonly statistics: NamedVariables;
  /** @param images - `[batch, 32, 32, 3]`, normalised. @returns `[batch, height, width, d]`, all ≥ 0. */
  featureMap(images: Tensor4D, mode: BatchNormMode): Tensor4D;
}

/** From pooled features to logits. */
export interface Classifier {
  readonly parameters: NamedVariables;
  /** @param features - `[batch, d]`. @returns `[batch, C]`. */
  logits(features: Tensor2D): Tensor2D;
}

/** A backbone and its classifier. */
export interface Model {
  readonly backbone: Backbone;
  readonly classifier: Classifier;
  readonly numClasses: number;
}

/**
 * The mean of each channel over the feature map.
 *
 * @param featureMap - `[batch, height, width, d]`.
 * @returns `[batch, d]`.
 */
export function pool(featureMap: Tensor4D): Tensor2D {
  return tf.mean(featureMap, [1, 2]);
}

/** Every variable of a model, by name: what a checkpoint holds. */
export function modelVariables({ backbone, classifier }: Model): NamedVariables {
  return new Map([
    ...[...backbone.parameters, ...backbone.statistics].map(
      ([name, variable]) => [`backbone.${name}`, variable] as const,
    ),
    ...[...classifier.parameters].map(([name, variable]) => [`classifier.${name}`, variable] as const),
  ]);
}

/** Frees a model's variables. */
export function disposeModel(model: Model): void {
  for (const variable of modelVariables(model).values()) variable.dispose();
}
