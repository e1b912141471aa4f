import type { Rank, Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";

/** A variable that leaves no tensor beside it: `tf.variable` alone keeps its initial value, too. */
export function newVariable<R extends Rank>(value: () => Tensor<R>): Variable<R> {
  return tf.tidy(() => tf.variable(value()));
}
