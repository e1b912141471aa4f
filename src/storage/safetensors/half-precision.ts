import { f16round, getFloat16, setFloat16 } from "@petamoriken/float16";

const isLittleEndian = true;

/** Rounds values to the nearest half-precision number (IEEE 754 binary16), ties to even, and returns them in single precision. */
export const roundToHalf = (values: Float32Array): Float32Array => values.map(f16round);

/** Converts values to the bits of the nearest half-precision numbers. */
export function toHalf(values: Float32Array | Int32Array): Uint16Array {
  const bits = new Uint16Array(values.length);
  const view = new DataView(bits.buffer);
  values.forEach((value, i) => {
    setFloat16(view, 2 * i, value, isLittleEndian);
  });
  return bits;
}

/** Number of each of the 2^16 bit patterns, because a lookup is faster than a conversion per value. */
let numbers: Float32Array | undefined;

function allNumbers(): Float32Array {
  const view = new DataView(new ArrayBuffer(2));
  return Float32Array.from({ length: 2 ** 16 }, (_, bits) => {
    view.setUint16(0, bits);
    return getFloat16(view, 0);
  });
}

/** Converts bits of half-precision numbers to single precision, exactly. */
export function fromHalf(bits: Uint16Array): Float32Array {
  numbers ??= allNumbers();
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = numbers[bits[i] as number] as number;
  return values;
}
