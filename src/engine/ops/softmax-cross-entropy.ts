import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { attribute, dtypeCodes, nativeBackend } from "../native-backend.ts";
import { tf } from "../tensorflow.ts";

const attributes = [
  attribute("T", "type", dtypeCodes.float32),
  attribute("Tlabels", "type", dtypeCodes.int32),
];

/**
 * Computes the softmax cross-entropy of each example stably, with TensorFlow's own gradient.
 *
 *     ℓ_b = −log( exp(z_b,y_b) / Σ_j exp(z_b,j) )
 *
 * @param logits - z, `[batch, C]`.
 * @param labels - y, int32 `[batch]`, 0 … C − 1.
 * @returns ℓ, `[batch]`.
 * @example softmaxCrossEntropy(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32")).arraySync(); // → [0.6931…]
 */
export function softmaxCrossEntropy(logits: Tensor2D, labels: Tensor1D): Tensor1D {
  const compute = tf.customGrad((z, save) => {
    const [value, gradient] = nativeBackend().executeMultipleOutputs(
      "SparseSoftmaxCrossEntropyWithLogits",
      attributes,
      [z as Tensor, labels],
      2,
    ) as [Tensor1D, Tensor2D];
    (save as (tensors: Tensor[]) => void)([gradient]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy.expandDims(1), saved[0] as Tensor),
    };
  });
  return compute(logits) as Tensor1D;
}
