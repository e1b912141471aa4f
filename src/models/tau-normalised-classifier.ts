import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import { heWeights } from "./linear-classifier.ts";
import type { Classifier } from "./model.ts";
import { singleOutput } from "./single-head.ts";

/**
 * Builds a τ-normalised classifier, z_c = x·w_c / ‖w_c‖^τ, without bias.
 *
 * Its weights are meant to be replaced by those of a trained linear classifier.
 *
 * @param tau - τ ≥ 0; 0 leaves the weights unchanged, 1 gives them unit length.
 * @source code: classifier-balancing tau_norm.py
 */
export function tauNormalisedClassifier(
  featureSize: number,
  numClasses: number,
  tau: number,
  stream: RandomStream,
): Classifier {
  const weight = heWeights(featureSize, numClasses, stream);
  return singleOutput({ weight }, (features) =>
    tf.div(tf.matMul(features, weight), tf.pow(tf.norm(weight, 2, 0), tau)),
  );
}
