import { f16round, getFloat16, setFloat16 } from "@petamoriken/float16";

const isLittleEndian = true;

/** Values rounded to the nearest number of half precision (IEEE 754 binary16), ties to even; in single precision still. */
export const roundToHalf = (values: Float32Array): Float32Array => values.map(f16round);

/** The bits of the nearest numbers of half precision. */
export function toHalf(values: Float32Array | Int32Array): Uint16Array {
  const bits = new Uint16Array(values.length);
  const view = new DataView(bits.buffer);
  values.forEach((value, i) => {
    setFloat16(view, 2 * i, value, isLittleEndian);
  });
  return bits;
}

/** Of each of the 2^16 patterns of bits its number, so that a bank's values are looked up and not converted one by one. */
let numbers: Float32Array | undefined;

function allNumbers(): Float32Array {
  const view = new DataView(new ArrayBuffer(2));
  return Float32Array.from({ length: 2 ** 16 }, (_, bits) => {
    view.setUint16(0, bits);
    return getFloat16(view, 0);
  });
}

/** The numbers of bits of half precision; every one is a number of single precision, too. */
export function fromHalf(bits: Uint16Array): Float32Array {
  numbers ??= allNumbers();
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = numbers[bits[i] as number] as number;
  return values;
}
