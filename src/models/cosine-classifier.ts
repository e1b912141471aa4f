import type { Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import type { Classifier } from "./model.ts";
import { newVariable } from "./new-variable.ts";
import { singleOutput } from "./single-head.ts";

/** Smallest divisor of a normalisation, as in PyTorch's `normalize`. */
const minNorm = 1e-12;

function unitLength(x: Tensor2D, axis: 0 | 1): Tensor2D {
  return tf.div(x, tf.maximum(tf.norm(x, 2, axis, true), minNorm));
}

/**
 * Builds a cosine classifier, z_c = scale · x·w_c / (‖x‖ ‖w_c‖), without bias.
 *
 * Weights are drawn uniformly from ±1, and each class's column is scaled to unit length.
 *
 * @param featureSize - d.
 * @param numClasses - C.
 * @source code: LDAM models/resnet_cifar.py, H2T
 */
export function cosineClassifier(
  featureSize: number,
  numClasses: number,
  scale: number,
  stream: RandomStream,
): Classifier {
  const drawn = Float32Array.from({ length: featureSize * numClasses }, () => 2 * stream.uniform() - 1);
  const weight = newVariable(() => unitLength(tf.tensor2d(drawn, [featureSize, numClasses]), 0));
  return singleOutput({ weight }, (features) =>
    tf.mul(tf.matMul(unitLength(features, 1), unitLength(weight, 0)), scale),
  );
}
