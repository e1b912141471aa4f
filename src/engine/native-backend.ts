import type { Tensor, TensorInfo } from "@tensorflow/tfjs-node-gpu";
import { tf } from "./tensorflow.ts";

/** Values of a numeric tensor. */
export type TensorValues = Float32Array | Int32Array | Uint8Array;

/** Description of a tensor that the binding created. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** Attribute of a native operation; `type` is one of the binding's `TF_ATTR_…` codes. */
export interface NativeAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** Part of tfjs-node's native binding that the engine uses. */
export interface NativeBinding {
  createTensor(shape: readonly number[], dtype: number, values: TensorValues): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): TensorValues;
  executeOp(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly number[],
    outputCount: number,
  ): TensorMetadata[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[];
  getNumOfTensors(): number;
  isUsingGpuDevice(): boolean;
  readonly TF_Version: string;
}

/** Part of tfjs-node's backend that the engine uses. */
export interface NativeBackend {
  binding: NativeBinding;
  executeMultipleOutputs(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly TensorInfo[],
    outputCount: number,
  ): Tensor[];
}

/** TensorFlow's codes of the tensor types that the engine exchanges with it (types.proto). */
export const dtypeCodes = { float32: 1, int32: 3 } as const;
export type Dtype = keyof typeof dtypeCodes;

/** Codes of the attribute types (TF_AttrType). */
export const attributeCodes = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;

/** Returns the backend that executes all native operations. */
export function nativeBackend(): NativeBackend {
  return tf.backend() as unknown as NativeBackend;
}

/**
 * Creates an attribute of a native operation.
 *
 * @example attribute("epsilon", "float", 1e-5);
 */
export function attribute(name: string, type: keyof typeof attributeCodes, value: unknown): NativeAttribute {
  return { name, type: attributeCodes[type], value };
}
