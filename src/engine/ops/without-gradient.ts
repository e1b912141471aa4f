import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../tensorflow.ts";

/**
 * A value that counts as a constant in gradients; PyTorch's `detach`.
 *
 * @param compute - from tensors that it captures to the value.
 * @example tf.grad((x) => tf.mul(x, withoutGradient(() => tf.square(x))))(tf.scalar(3)); // → 9
 */
export function withoutGradient<T extends Tensor>(compute: () => T): T {
  // What the function captures is no input of it, and a gradient flows to inputs only.
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))() as T;
}
