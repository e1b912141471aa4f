import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../tensorflow.ts";

/**
 * Computes a value that gradients treat as a constant, like PyTorch's `detach`.
 *
 * @param compute - function of the tensors that it captures.
 * @example tf.grad((x) => tf.mul(x, withoutGradient(() => tf.square(x))))(tf.scalar(3)); // → 9
 */
export function withoutGradient<T extends Tensor>(compute: () => T): T {
  // Gradients flow only to inputs, and captured tensors are not inputs.
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))() as T;
}
