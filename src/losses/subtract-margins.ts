import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";

/**
 * Lowers the target logit of each example by its class's margin.
 *
 *     z′_bj = z_bj − m_j·[j = y_b]
 *
 * @param logits - z, `[batch, C]`.
 * @param labels - y, int32 `[batch]`.
 * @param margins - m, `[C]` or one number for all classes, in units of the logits.
 * @returns z′, `[batch, C]`.
 * @example subtractMargins(tf.tensor2d([[5, 5]]), tf.tensor1d([1], "int32"), [1, 2]).arraySync(); // → [[5, 3]]
 */
export function subtractMargins(
  logits: Tensor2D,
  labels: Tensor1D,
  margins: readonly number[] | number,
): Tensor2D {
  const targets = tf.oneHot(labels, logits.shape[1], 1, 0, "float32");
  return tf.sub(logits, tf.mul(targets, typeof margins === "number" ? margins : [...margins]));
}
