import test from "ava";
import { fromHalf, roundToHalf, toHalf } from "../../../src/storage/safetensors/half-precision.ts";

// Values and bits by NumPy: np.float32(values).astype(np.float16), .view(np.uint16), .astype(np.float32).
const values = Float32Array.of(
  1 / 3,
  2049,
  2051,
  65519,
  65520,
  1e-8,
  3e-8,
  -0,
  -1.5,
  Number.POSITIVE_INFINITY,
);
const bits = Uint16Array.of(0x3555, 0x6800, 0x6802, 0x7bff, 0x7c00, 0, 1, 0x8000, 0xbe00, 0x7c00);
const half = Float32Array.of(
  ...[0.333251953125, 2048, 2052, 65504, Number.POSITIVE_INFINITY, 0, 2 ** -24, -0, -1.5],
  Number.POSITIVE_INFINITY,
);

test("half precision: rounds to the nearest, ties to even, as NumPy does", (t) => {
  t.deepEqual(toHalf(values), bits);
  t.deepEqual(fromHalf(bits), half);
  t.deepEqual(roundToHalf(values), half);
  t.is(values[1], 2049, "the input stays");
});
