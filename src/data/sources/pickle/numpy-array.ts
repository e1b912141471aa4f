import type { PickleInput } from "./input.ts";

/** Number types by numpy's names: unsigned, signed or floating-point, and the bytes per number. */
export type NumpyType = "u1" | "i1" | "i2" | "i4" | "i8" | "f4" | "f8";

/** The numbers of an array. */
export type NumpyValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An array saved by numpy. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly dtype: NumpyType;
  /** Row-major. `u1` and `i1` are views of the file; `i8` becomes a Float64Array, which holds ±2^53 exactly. */
  readonly values: NumpyValues;
}

/** An array as the file describes it. */
interface StoredArray {
  readonly shape: readonly number[];
  readonly dtype: NumpyType;
  /** Whether the first index varies fastest, as in Fortran. */
  readonly columnMajor: boolean;
  /** Little-endian numbers. */
  readonly bytes: Uint8Array;
}

/** Numpy's limit. */
const maxAxes = 64;

/** Converts bytes to numbers; copies if the numbers need an alignment that the file does not have. */
const readers: Readonly<Record<NumpyType, (bytes: Uint8Array, input: PickleInput) => NumpyValues>> = {
  u1: (bytes) => bytes,
  i1: (bytes) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  i2: (bytes) => new Int16Array(bytes.slice().buffer),
  i4: (bytes) => new Int32Array(bytes.slice().buffer),
  i8: (bytes, input) => safeIntegers(new Int32Array(bytes.slice().buffer), input),
  f4: (bytes) => new Float32Array(bytes.slice().buffer),
  f8: (bytes) => new Float64Array(bytes.slice().buffer),
};

/** Whether the kit reads the number type with this numpy name. */
export const isNumpyType = (name: string): name is NumpyType => Object.hasOwn(readers, name);

/**
 * Reads the numbers of a stored array, in row-major order.
 *
 * @throws {FailureError} if the number of bytes does not match the shape, or an integer is beyond ±2^53.
 */
export function readNumpyArray(stored: StoredArray, input: PickleInput): NumpyArray {
  const { shape, dtype, columnMajor, bytes } = stored;
  const width = Number(dtype[1]);
  if (shape.length > maxAxes || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw input.damaged("an array has an impossible shape");
  }
  const expected = shape.reduce((product, size) => product * size, width);
  if (bytes.length !== expected) {
    throw input.damaged(`an array of shape [${shape.join(", ")}] has ${bytes.length} bytes, not ${expected}`);
  }
  if (width > 1 || columnMajor) input.countCopy(bytes.length);
  const values = readers[dtype](bytes, input);
  return { shape, dtype, values: columnMajor ? rowMajor(values, shape) : values };
}

/** Joins pairs of 32 bits, the lower half first, to integers of 64 bits. */
function safeIntegers(halves: Int32Array, input: PickleInput): Float64Array {
  const values = new Float64Array(halves.length / 2);
  for (let i = 0; i < values.length; i++) {
    const value = (halves[2 * i + 1] as number) * 2 ** 32 + ((halves[2 * i] as number) >>> 0);
    if (!Number.isSafeInteger(value)) throw input.unsupported("an integer beyond ±2^53");
    values[i] = value;
  }
  return values;
}

/** Converts from column-major to row-major order. */
function rowMajor(stored: NumpyValues, shape: readonly number[]): NumpyValues {
  // Axes of length 1 do not affect the order, and many of them would cost time.
  const sizes = shape.filter((size) => size !== 1);
  const strides = sizes.map((_, axis) => sizes.slice(0, axis).reduce((product, size) => product * size, 1));
  const index = sizes.map(() => 0);
  const values = stored.slice();
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    values[to] = stored[from] as number;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const [size, stride] = [sizes[axis] as number, strides[axis] as number];
      const position = (index[axis] as number) + 1;
      index[axis] = position % size;
      from += stride;
      if (position < size) break;
      from -= stride * size;
    }
  }
  return values;
}
