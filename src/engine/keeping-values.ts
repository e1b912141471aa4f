import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";

/** Runs a function and restores the values of the variables afterwards, even if it throws. */
export function keepingValues<Result>(variables: readonly Variable[], run: () => Result): Result {
  const before = variables.map((variable) => variable.clone());
  try {
    return run();
  } finally {
    variables.forEach((variable, i) => {
      const value = before[i] as Tensor;
      variable.assign(value);
      value.dispose();
    });
  }
}
