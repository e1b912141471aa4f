import type { Tensor, Tensor1D } from "@tensorflow/tfjs-node-gpu";
import { attribute, type Dtype, dtypeCodes, nativeBackend } from "../native-backend.ts";
import { tf } from "../tensorflow.ts";

/**
 * Gathers rows of a tensor by index; no gradient.
 *
 * `tf.gather` reads the indices back to check them, which a compiled step cannot do. Here TensorFlow checks them.
 *
 * @param x - `[count, …]`.
 * @param rows - int32 `[n]`, 0 … count − 1.
 * @returns `[n, …]`.
 * @example gatherRows(tf.tensor1d([5, 6]), tf.tensor1d([1, 1], "int32")).arraySync(); // → [6, 6]
 */
export function gatherRows<T extends Tensor>(x: T, rows: Tensor1D): T {
  const axis = tf.scalar(0, "int32");
  const [gathered] = nativeBackend().executeMultipleOutputs(
    "GatherV2",
    [
      attribute("Tparams", "type", dtypeCodes[x.dtype as Dtype]),
      attribute("Tindices", "type", dtypeCodes.int32),
      attribute("Taxis", "type", dtypeCodes.int32),
      attribute("batch_dims", "int", 0),
    ],
    [x, rows, axis],
    1,
  );
  axis.dispose();
  return gathered as T;
}
