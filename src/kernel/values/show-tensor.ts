import { inspect } from "node:util";
import type { MimeBundle } from "../../notebook/mime-bundle.ts";

/** More values than these are not read back from where they are. */
const valueLimit = 1000;

/** What is needed of TensorFlow.js's tensors and variables, which the kernel must not load. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly size: number;
  readonly isDisposed: boolean;
  arraySync(): unknown;
}

export const isTensor = (value: object): value is Tensor =>
  "shape" in value &&
  Array.isArray(value.shape) &&
  "dtype" in value &&
  typeof value.dtype === "string" &&
  "size" in value &&
  "isDisposed" in value &&
  "arraySync" in value &&
  typeof value.arraySync === "function";

/** A tensor inside of something else. */
export const shortTensor = ({ shape, dtype, isDisposed }: Tensor): string =>
  `Tensor [${shape.join(", ")}] ${dtype}${isDisposed ? ", disposed" : ""}`;

/** A tensor as its shape, data type and, where there are few, its values. */
export function showTensor(value: object): MimeBundle | undefined {
  if (!isTensor(value)) return undefined;
  const { size, isDisposed } = value;
  const headline = shortTensor(value);
  if (isDisposed) return { "text/plain": headline };
  if (size > valueLimit) return { "text/plain": `${headline}, ${size.toLocaleString("en")} values` };
  const values = inspect(value.arraySync(), { depth: null, maxArrayLength: null });
  return { "text/plain": `${headline}\n${values}` };
}
