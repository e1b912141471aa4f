import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { codeOf } from "./graph-nodes.ts";
import { keepingValues } from "./keeping-values.ts";
import { attribute, type Dtype, nativeBackend } from "./native-backend.ts";
import { type Recording, record } from "./recording.ts";
import { tf } from "./tensorflow.ts";

/** Name, shape and type of a step's output. */
export interface Port {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
}

/** Recording of a step with the ids of its inputs, outputs and variables. */
export interface StepRecording extends Recording {
  readonly outputs: readonly Port[];
  readonly inputIds: readonly number[];
  readonly outputIds: readonly number[];
  /** Id of each variable before the step. */
  readonly oldIds: readonly number[];
  /** Id of each variable after the step; equal to the old one if the step did not assign it. */
  readonly newIds: readonly number[];
}

/** Records an operation on a tensor, whose input is then the tensor's id in the native binding. */
function recordProbe(tensor: Tensor | Variable): void {
  const probe = nativeBackend().executeMultipleOutputs(
    "Identity",
    [attribute("T", "type", codeOf(tensor.dtype))],
    [tensor],
    1,
  );
  tf.dispose(probe);
}

/** Runs a step once and records it; the variables' values are restored afterwards. */
export function recordStep(
  step: (inputs: readonly Tensor[]) => Readonly<Record<string, Tensor>>,
  inputs: readonly Tensor[],
  variables: readonly Variable[],
): StepRecording {
  const outputs: Port[] = [];
  const recording = keepingValues(variables, () =>
    record(() => {
      tf.tidy(() => {
        for (const source of [...inputs, ...variables]) recordProbe(source);
        const results = step(inputs);
        for (const [name, tensor] of Object.entries(results)) {
          outputs.push({ name, shape: tensor.shape, dtype: tensor.dtype as Dtype });
          recordProbe(tensor);
        }
        for (const variable of variables) recordProbe(variable);
      });
    }),
  );
  // The probes are the first and the last operations, one per tensor.
  const ids = recording.operations.map((operation) => operation.inputs[0] as number);
  const last = ids.length - variables.length;
  return {
    ...recording,
    outputs,
    inputIds: ids.slice(0, inputs.length),
    oldIds: ids.slice(inputs.length, inputs.length + variables.length),
    outputIds: ids.slice(last - outputs.length, last),
    newIds: ids.slice(last),
  };
}
