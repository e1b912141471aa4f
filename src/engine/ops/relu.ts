import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { attribute, dtypeCodes, nativeBackend } from "../native-backend.ts";
import { tf } from "../tensorflow.ts";

const attributes = [attribute("T", "type", dtypeCodes.float32)];

function execute<T extends Tensor>(name: string, inputs: Tensor[]): T {
  return nativeBackend().executeMultipleOutputs(name, attributes, inputs, 1)[0] as T;
}

/**
 * Computes max(x, 0) with TensorFlow's own gradient, one operation instead of TensorFlow.js's three.
 *
 * @example relu(tf.tensor1d([-1, 2])).arraySync(); // → [0, 2]
 */
export function relu<T extends Tensor>(x: T): T {
  const compute = tf.customGrad((input, save) => {
    const value = execute<T>("Relu", [input as Tensor]);
    (save as (tensors: Tensor[]) => void)([value]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => execute("ReluGrad", [dy, saved[0] as Tensor]),
    };
  });
  return compute(x) as T;
}
