import type { Tensor2D, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import type { Classifier } from "./model.ts";

/** The last layer, from features `[batch, d]` to logits `[batch, C]`. */
export type ClassifierKind =
  /** z = W x + b. */
  | { readonly kind: "linear" }
  /** z = scale · cos(x, w), no bias. */
  | { readonly kind: "cosine"; readonly scale: number };

/** Below this length a vector is not stretched to unit length, as in PyTorch's `normalize`. */
const minimumNorm = 1e-12;

function unitLength(x: Tensor2D, axis: 0 | 1): Tensor2D {
  return tf.div(x, tf.maximum(tf.norm(x, 2, axis, true), minimumNorm));
}

/**
 * A linear classifier, z = x W + b.
 *
 * Weights are drawn from N(0, 2/d) (He, fan-in), biases uniformly from ±1/√d, PyTorch's default.
 *
 * @param featureSize - d.
 * @param numClasses - C.
 * @source code: H2T models/resnet_cifar.py
 */
function linearClassifier(featureSize: number, numClasses: number, stream: RandomStream): Classifier {
  const deviation = Math.sqrt(2 / featureSize);
  const bound = 1 / Math.sqrt(featureSize);
  const weights = Float32Array.from({ length: featureSize * numClasses }, () => stream.normal(0, deviation));
  const biases = Float32Array.from({ length: numClasses }, () => bound * (2 * stream.uniform() - 1));
  const weight = tf.tidy(() => tf.variable(tf.tensor2d(weights, [featureSize, numClasses])));
  const bias = tf.tidy(() => tf.variable(tf.tensor1d(biases)));
  return {
    parameters: new Map<string, Variable>([
      ["weight", weight],
      ["bias", bias],
    ]),
    logits: (features) => tf.add(tf.matMul(features, weight), bias),
  };
}

/**
 * A cosine classifier, z_c = scale · x·w_c / (‖x‖ ‖w_c‖), without bias.
 *
 * Weights are drawn uniformly from ±1 and every class's column scaled to unit length.
 *
 * @source code: LDAM models/resnet_cifar.py, H2T
 */
function cosineClassifier(
  featureSize: number,
  numClasses: number,
  scale: number,
  stream: RandomStream,
): Classifier {
  const drawn = Float32Array.from({ length: featureSize * numClasses }, () => 2 * stream.uniform() - 1);
  const weight = tf.tidy(() => tf.variable(unitLength(tf.tensor2d(drawn, [featureSize, numClasses]), 0)));
  return {
    parameters: new Map([["weight", weight]]),
    logits: (features) => tf.mul(tf.matMul(unitLength(features, 1), unitLength(weight, 0)), scale),
  };
}

/**
 * A classifier with newly drawn weights.
 *
 * @param kind - linear or cosine.
 * @param featureSize - d, channels of the pooled features.
 * @param numClasses - C.
 * @param stream - draws the weights.
 * @example buildClassifier({ kind: "linear" }, 64, 10, randomStream(0, "initialisation"));
 */
export function buildClassifier(
  kind: ClassifierKind,
  featureSize: number,
  numClasses: number,
  stream: RandomStream,
): Classifier {
  if (kind.kind === "linear") return linearClassifier(featureSize, numClasses, stream);
  return cosineClassifier(featureSize, numClasses, kind.scale, stream);
}
