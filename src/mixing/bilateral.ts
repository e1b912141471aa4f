import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { pool } from "../models/model.ts";
import type { SamplerName } from "../samplers/sampler.ts";
import type { BatchMixing, MixingContext } from "./mixing.ts";
import { drawSecondBatches, secondBatchInputs } from "./second-batch.ts";

/**
 * The share of the conventional branch, which falls from 1.
 *
 *     α = 1 − ((T − 1) / T_max)²
 *
 * @param epoch - T − 1, epochs finished before this one.
 * @param epochs - T_max, epochs of the stage.
 * @source code: BBN lib/core/combiner.py
 * @example conventionalShare(100, 200); // → 0.75
 */
export const conventionalShare = (epoch: number, epochs: number): number => 1 - (epoch / epochs) ** 2;

/**
 * BBN's two branches: the first batch through the conventional one, a second through the re-balancing one.
 *
 *     z = classifier(2·[α f(x), (1 − α) f′(x′)]),   L = α·L(y) + (1 − α)·L(y′)
 *
 * @param sampler - draws the second batch; BBN's is `reversed`.
 * @source code: BBN lib/core/combiner.py; Zhou et al., BBN, CVPR 2020
 */
export function bilateral(sampler: SamplerName, context: MixingContext): BatchMixing {
  const { height, width } = context.set;
  return {
    inputs: { ...secondBatchInputs(height, width), share: { shape: [], dtype: "float32" } },
    targets: 2,
    beginEpoch(epoch, length) {
      const drawSecond = drawSecondBatches(context, sampler, epoch, length);
      const share = conventionalShare(epoch, context.epochs);
      return (start, count) => ({ ...drawSecond(start, count), share: Float32Array.of(share) });
    },
    forward({ backbone, classifier }, images, labels, inputs) {
      const share = inputs.share as Scalar;
      const rest: Scalar = tf.sub(1, share);
      const first = pool(backbone.featureMap(images, "training", 0));
      const second = pool(backbone.featureMap(inputs.secondImages as Tensor4D, "training", 1));
      const features: Tensor2D = tf.mul(tf.concat([tf.mul(first, share), tf.mul(second, rest)], 1), 2);
      return {
        heads: classifier.heads(features, "training"),
        targets: [
          { labels, share },
          { labels: inputs.secondLabels as Tensor1D, share: rest },
        ],
      };
    },
  };
}
