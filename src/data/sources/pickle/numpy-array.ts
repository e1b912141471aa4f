import type { PickleInput } from "./input.ts";

/** Kinds of numbers by numpy's names: unsigned, signed or floating, and the bytes of each. */
export type NumpyType = "u1" | "i1" | "i2" | "i4" | "i8" | "f4" | "f8";

/** The numbers of an array. */
export type NumpyValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An array that numpy saved. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly dtype: NumpyType;
  /** Row-major. `u1` and `i1` are views of the file; `i8` comes as Float64Array, which holds ±2^53 exactly. */
  readonly values: NumpyValues;
}

/** An array as the file describes it. */
interface StoredArray {
  readonly shape: readonly number[];
  readonly dtype: NumpyType;
  /** Whether the first index runs fastest, as in Fortran. */
  readonly columnMajor: boolean;
  /** Little-endian numbers. */
  readonly bytes: Uint8Array;
}

/** Numpy's own limit. */
const mostAxes = 64;

/** How to see bytes as numbers; copies where the numbers need an alignment that the file does not give. */
const readers: Readonly<Record<NumpyType, (bytes: Uint8Array, input: PickleInput) => NumpyValues>> = {
  u1: (bytes) => bytes,
  i1: (bytes) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  i2: (bytes) => new Int16Array(bytes.slice().buffer),
  i4: (bytes) => new Int32Array(bytes.slice().buffer),
  i8: (bytes, input) => safeIntegers(new Int32Array(bytes.slice().buffer), input),
  f4: (bytes) => new Float32Array(bytes.slice().buffer),
  f8: (bytes) => new Float64Array(bytes.slice().buffer),
};

/** Whether numpy's name of a kind of numbers is one that the kit reads. */
export const isNumpyType = (name: string): name is NumpyType => Object.hasOwn(readers, name);

/**
 * The numbers of a stored array, in row-major order.
 *
 * @throws {FailureError} if the bytes do not fill the shape, or an integer is beyond ±2^53.
 */
export function readNumpyArray(stored: StoredArray, input: PickleInput): NumpyArray {
  const { shape, dtype, columnMajor, bytes } = stored;
  const width = Number(dtype[1]);
  if (shape.length > mostAxes || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw input.damaged("an array has an impossible shape");
  }
  const expected = shape.reduce((product, size) => product * size, width);
  if (bytes.length !== expected) {
    throw input.damaged(`an array of shape [${shape.join(", ")}] has ${bytes.length} bytes, not ${expected}`);
  }
  if (width > 1 || columnMajor) input.announceCopy(bytes.length);
  const values = readers[dtype](bytes, input);
  return { shape, dtype, values: columnMajor ? rowMajor(values, shape) : values };
}

/** Integers of 64 bits, given as pairs of 32 bits, the lower half first. */
function safeIntegers(halves: Int32Array, input: PickleInput): Float64Array {
  const values = new Float64Array(halves.length / 2);
  for (let i = 0; i < values.length; i++) {
    const value = (halves[2 * i + 1] as number) * 2 ** 32 + ((halves[2 * i] as number) >>> 0);
    if (!Number.isSafeInteger(value)) throw input.unsupported("an integer beyond ±2^53");
    values[i] = value;
  }
  return values;
}

/** Reorders numbers whose first index runs fastest. */
function rowMajor(stored: NumpyValues, shape: readonly number[]): NumpyValues {
  // Axes of one entry change no order, and many of them would cost time.
  const sizes = shape.filter((size) => size !== 1);
  const strides = sizes.map((_, axis) => sizes.slice(0, axis).reduce((product, size) => product * size, 1));
  const index = sizes.map(() => 0);
  const values = stored.slice();
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    values[to] = stored[from] as number;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const [size, stride] = [sizes[axis] as number, strides[axis] as number];
      const place = (index[axis] as number) + 1;
      index[axis] = place % size;
      from += stride;
      if (place < size) break;
      from -= stride * size;
    }
  }
  return values;
}
