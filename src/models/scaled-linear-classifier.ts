import type { Rank, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import { linearClassifier } from "./linear-classifier.ts";
import type { Classifier } from "./model.ts";
import { newVariable } from "./new-variable.ts";
import { singleOutput } from "./single-head.ts";

/**
 * Builds a linear classifier with one learnable scale per class, z = s ⊙ (x W + b).
 *
 * The scales, `[C]`, start at 1. Weights and biases start like those of a linear classifier.
 *
 * @source code: classifier-balancing models/TauNormClassifier.py, MisLAS methods.py
 */
export function scaledLinearClassifier(
  featureSize: number,
  numClasses: number,
  stream: RandomStream,
): Classifier {
  const linear = linearClassifier(featureSize, numClasses, stream);
  const scale = newVariable(() => tf.ones<Rank.R1>([numClasses]));
  return singleOutput(
    { ...Object.fromEntries(linear.parameters), scale },
    (features): Tensor2D => tf.mul(linear.logits(features), scale),
  );
}
