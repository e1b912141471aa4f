import type { Rank, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import { linearClassifier } from "./linear-classifier.ts";
import type { Classifier } from "./model.ts";
import { newVariable } from "./new-variable.ts";
import { singleHead } from "./single-head.ts";

/**
 * Learnable weight scaling: a linear classifier with one more factor a class, z = s ⊙ (x W + b).
 *
 * The scales, `[C]`, start at 1; weights and biases as a linear classifier's.
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
  return singleHead(
    { ...Object.fromEntries(linear.parameters), scale },
    (features): Tensor2D => tf.mul(linear.logits(features), scale),
  );
}
