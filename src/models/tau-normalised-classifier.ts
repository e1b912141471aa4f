import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import { heWeights } from "./linear-classifier.ts";
import type { Classifier } from "./model.ts";
import { singleHead } from "./single-head.ts";

/**
 * τ-normalisation: z_c = x·w_c / ‖w_c‖^τ, without bias; its weights come from a trained linear classifier.
 *
 * @param tau - τ ≥ 0; 0 leaves the weights as they are, 1 gives them unit length.
 * @source code: classifier-balancing tau_norm.py
 */
export function tauNormalisedClassifier(
  featureSize: number,
  numClasses: number,
  tau: number,
  stream: RandomStream,
): Classifier {
  const weight = heWeights(featureSize, numClasses, stream);
  return singleHead({ weight }, (features) =>
    tf.div(tf.matMul(features, weight), tf.pow(tf.norm(weight, 2, 0), tau)),
  );
}
