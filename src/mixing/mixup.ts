import type { Scalar, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { gatherRows } from "../engine/ops/gather-rows.ts";
import { tf } from "../engine/tensorflow.ts";
import { classifyMap } from "../models/model.ts";
import { randomStream } from "../random.ts";
import type { BatchMixing } from "./mixing.ts";

/**
 * Mixes every image of a batch with its partner.
 *
 *     x̃_b = λ x_b + (1 − λ) x_π(b)
 *
 * @param images - x, `[batch, height, width, channels]`.
 * @param partner - π, int32 `[batch]`, a permutation of the batch.
 * @param lambda - λ in [0, 1], one for the batch, drawn from Beta(α, α).
 * @returns a new tensor of the same shape.
 * @source code: H2T methods.py; Zhang et al., mixup, ICLR 2018
 * @example
 * const [images, partner] = [tf.tensor4d([0, 4], [2, 1, 1, 1]), tf.tensor1d([1, 0], "int32")];
 * mixImages(images, partner, tf.scalar(0.75)).dataSync(); // → Float32Array [1, 3]
 */
export function mixImages(images: Tensor4D, partner: Tensor1D, lambda: Scalar): Tensor4D {
  return tf.add(tf.mul(images, lambda), tf.mul(gatherRows(images, partner), tf.sub(1, lambda)));
}

/**
 * Mixup: the loss of the mixed images is λ·L(y) + (1 − λ)·L(y_π).
 *
 * @param alpha - α > 0: λ and the permutation π are drawn once a batch, λ from Beta(α, α).
 * @source code: H2T methods.py
 */
export function mixup(alpha: number, seed: number): BatchMixing {
  return {
    inputs: { lambda: { shape: [], dtype: "float32" }, partner: { shape: [null], dtype: "int32" } },
    targets: 2,
    beginEpoch(epoch) {
      const stream = randomStream(seed, "mixup", 1, epoch);
      return (_start, count) => ({
        lambda: Float32Array.of(stream.beta(alpha, alpha)),
        partner: stream.permutation(count),
      });
    },
    forward(model, images, labels, inputs) {
      const partner = inputs.partner as Tensor1D;
      const lambda = inputs.lambda as Scalar;
      const map = model.backbone.featureMap(mixImages(images, partner, lambda), "training");
      return {
        heads: classifyMap(model, map, "training"),
        targets: [
          { labels, share: lambda },
          { labels: gatherRows(labels, partner), share: tf.sub(1, lambda) },
        ],
      };
    },
  };
}
