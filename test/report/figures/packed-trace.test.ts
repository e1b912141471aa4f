import test from "ava";
import { packedTrace } from "../../../src/report/figures/packed-trace.ts";

const scatter = (x: readonly (string | number)[], y: readonly (number | null)[]) =>
  ({ type: "scatter", name: "0", x, y }) as const;

test("packedTrace: many coordinates are bytes of 32-bit numbers, lowest first", (t) => {
  const count = 32;
  const packed = packedTrace(scatter(Array(count).fill(1), Array(count).fill(-2.5)));
  const bytes = (hex: string) => Buffer.from(hex.repeat(count), "hex").toString("base64");
  t.deepEqual(packed, {
    ...{ type: "scatter", name: "0" },
    x: { dtype: "f4", bdata: bytes("0000803f") },
    y: { dtype: "f4", bdata: bytes("000020c0") },
  });
});

test("packedTrace: few coordinates, words and gaps stay as they are", (t) => {
  const many = Array<number>(40).fill(1);
  for (const trace of [scatter([1], [2]), scatter(many.map(String), many), scatter(many, [...many, null])]) {
    t.is(packedTrace(trace), trace);
  }
});
