import type { Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { Classifier } from "./model.ts";

/**
 * Combines one classifier per expert; output e reads the channels of expert e, and z = Σ_e z_e / E predicts.
 *
 * @param experts - classifiers, all of one kind.
 * @source code: RIDE model/ldam_drw_resnets
 */
export function perExpertClassifier(experts: readonly Classifier[]): Classifier {
  const outputs = (features: Tensor2D) => {
    const perExpert = tf.split(features, experts.length, 1);
    return experts.map(({ logits }, e) => logits(perExpert[e] as Tensor2D));
  };
  const parameters = experts.flatMap((expert, e) =>
    [...expert.parameters].map(([name, variable]) => [`expert${e + 1}.${name}`, variable] as const),
  );
  return {
    parameters: new Map(parameters),
    statistics: new Map(),
    moments: 1,
    outputs,
    logits: (features) => tf.mean(tf.stack(outputs(features)), 0),
  };
}
