import type { Rank, Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";

/** Creates a variable and frees its initial value, which `tf.variable` alone would keep. */
export function newVariable<R extends Rank>(value: () => Tensor<R>): Variable<R> {
  return tf.tidy(() => tf.variable(value()));
}
