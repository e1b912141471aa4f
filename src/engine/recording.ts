import { UsageError } from "../errors.ts";
import {
  type NativeAttribute,
  type NativeBinding,
  nativeBackend,
  type TensorValues,
} from "./native-backend.ts";
import { StandIns } from "./stand-ins.ts";

/** One native operation as it was executed: tensors by their ids. */
export interface RecordedOperation {
  readonly name: string;
  readonly attributes: readonly NativeAttribute[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A tensor that no recorded operation made. */
export interface RecordedConstant {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: TensorValues;
}

/** Everything that passed through the native binding while a function ran. */
export interface Recording {
  readonly operations: readonly RecordedOperation[];
  readonly constants: ReadonlyMap<number, RecordedConstant>;
  /** Type code of every tensor that was seen, by its id. */
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
 * Runs a function once and records every native operation and constant of it.
 *
 * Everything in tfjs-node passes through two members of the binding, `executeOp` and `createTensor`;
 * they are replaced while `run` runs. Reading a tensor's values is an error meanwhile: the value
 * would be frozen into the graph as whatever it is today. So float32 results need no values, and all
 * of one shape share the memory of the first.
 *
 * @throws {UsageError} if `run` reads a tensor back.
 */
export function record(run: () => void): Recording {
  const backend = nativeBackend();
  const native = backend.binding;
  const operations: RecordedOperation[] = [];
  const constants = new Map<number, RecordedConstant>();
  const dtypes = new Map<number, number>();
  const standIns = new StandIns(native);
  const copy = boundCopy(native);
  copy.createTensor = (shape, dtype, values) => {
    const id = native.createTensor(shape, dtype, values);
    // A copy: the typed array stays the caller's, who may change it before the graph is written.
    constants.set(id, { shape: [...shape], dtype, values: values.slice() });
    dtypes.set(id, dtype);
    return id;
  };
  const captureEarlierTensor = (id: number) => {
    const [same] = native.executeOp("Identity", [], [id], 1);
    if (same === undefined) throw new Error("internal: Identity gave no tensor");
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
      .map((output) => standIns.replace(output));
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
      rule: "a compiled step cannot read a tensor's values, since they would be frozen into the graph",
      got: "a read-back (dataSync, arraySync, print or similar) while it was traced",
      remedy: "return the tensor from the step, or pass the number in as an input",
    });
  };
  backend.binding = copy;
  try {
    run();
  } finally {
    backend.binding = native;
    standIns.dispose();
  }
  return { operations, constants, dtypes };
}
