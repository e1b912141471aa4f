import type { Scalar, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { gatherRows } from "../engine/ops/gather-rows.ts";
import { tf } from "../engine/tensorflow.ts";

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
 */
export function mixImages(images: Tensor4D, partner: Tensor1D, lambda: Scalar): Tensor4D {
  return tf.add(tf.mul(images, lambda), tf.mul(gatherRows(images, partner), tf.sub(1, lambda)));
}

/**
 * The loss of a mixed batch, λ·L(y) + (1 − λ)·L(y_π).
 *
 * @param lossOf - L, from labels to the batch loss, on the logits of the mixed images.
 * @param labels - y, int32 `[batch]`.
 * @source code: H2T methods.py
 */
export function mixedLoss(
  lossOf: (labels: Tensor1D) => Scalar,
  labels: Tensor1D,
  partner: Tensor1D,
  lambda: Scalar,
): Scalar {
  const other = lossOf(gatherRows(labels, partner));
  return tf.add(tf.mul(lossOf(labels), lambda), tf.mul(other, tf.sub(1, lambda)));
}
