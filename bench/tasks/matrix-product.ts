import { tf } from "../../src/engine/tensorflow.ts";
import type { Task } from "./tasks.ts";

/** One product of two `size` × `size` matrices in single precision: 2 · size³ operations, close to what the cores can do. */
export function matrixProduct({ size }: { readonly size: number }): Task {
  const [a, b] = [tf.randomUniform([size, size]), tf.randomUniform([size, size])];
  return () => tf.matMul(a, b).dispose();
}
