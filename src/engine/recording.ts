import { UsageError } from "../errors.ts";
import {
  type NativeAttribute,
  type NativeBinding,
  nativeBackend,
  type TensorValues,
} from "./native-backend.ts";
import { SharedBuffers } from "./stand-ins.ts";

/** Executed native operation, with tensors given by their ids. */
export interface RecordedOperation {
  readonly name: string;
  readonly attributes: readonly NativeAttribute[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Tensor that no recorded operation produced. */
export interface RecordedConstant {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: TensorValues;
}

/** All operations and constants that passed through the native binding while a function ran. */
export interface Recording {
  readonly operations: readonly RecordedOperation[];
  readonly constants: ReadonlyMap<number, RecordedConstant>;
  /** Type code of each tensor, by id. */
  readonly dtypes: ReadonlyMap<number, number>;
}

function boundCopy(binding: NativeBinding): NativeBinding {
  const copy: Record<string, unknown> = {};
  for (let owner: object = binding; owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const key of Object.getOwnPropertyNames(owner)) {
      const member = (binding as unknown as Record<string, unknown>)[key];
      copy[key] ??= typeof member === "function" ? member.bind(binding) : member;
    }
  }
  return copy as unknown as NativeBinding;
}

/**
 * Runs a function once and records its native operations and constants.
 *
 * Everything in tfjs-node passes through two members of the binding, `executeOp` and `createTensor`, which are replaced during the run.
 * Reading a tensor's values is an error during the run, because the graph would contain them as constants.
 * Float32 results therefore need no values, and all results of one shape share the memory of the first.
 *
 * @throws {UsageError} if `run` reads a tensor back.
 */
export function record(run: () => void): Recording {
  const backend = nativeBackend();
  const native = backend.binding;
  const operations: RecordedOperation[] = [];
  const constants = new Map<number, RecordedConstant>();
  const dtypes = new Map<number, number>();
  const sharedBuffers = new SharedBuffers(native);
  const copy = boundCopy(native);
  copy.createTensor = (shape, dtype, values) => {
    const id = native.createTensor(shape, dtype, values);
    // A copy, because the caller may change the typed array before the graph is written.
    constants.set(id, { shape: [...shape], dtype, values: values.slice() });
    dtypes.set(id, dtype);
    return id;
  };
  const captureEarlierTensor = (id: number) => {
    const [same] = native.executeOp("Identity", [], [id], 1);
    if (same === undefined) throw new Error("internal: Identity returned no tensor");
    constants.set(id, {
      shape: same.shape,
      dtype: same.dtype,
      values: native.tensorDataSync(same.id),
    });
    native.deleteTensor(same.id);
    dtypes.set(id, same.dtype);
  };
  copy.executeOp = (name, attributes, inputs, outputCount) => {
    for (const id of inputs) if (!dtypes.has(id)) captureEarlierTensor(id);
    const outputs = native
      .executeOp(name, attributes, inputs, outputCount)
      .map((output) => sharedBuffers.replace(output));
    operations.push({
      name,
      attributes: [...attributes],
      inputs: [...inputs],
      outputs: outputs.map(({ id }) => id),
    });
    for (const { id, dtype } of outputs) dtypes.set(id, dtype);
    return outputs;
  };
  copy.tensorDataSync = () => {
    throw new UsageError({
      code: "TENSOR_READ_IN_STEP",
      problem:
        "the step reads a tensor's values (dataSync, arraySync, print or similar) while it is compiled",
      fix: "return the tensor from the step, or pass the number as an input",
    });
  };
  backend.binding = copy;
  try {
    run();
  } finally {
    backend.binding = native;
    sharedBuffers.dispose();
  }
  return { operations, constants, dtypes };
}
