import type { Json, PlotlyTrace } from "./plotly-figure.ts";

/** From here on a list of numbers, of which a notebook's file has one a line, is longer than its bytes. */
const manyNumbers = 32;

/**
 * A trace for a notebook: many coordinates stand as bytes, in 32-bit floating point, the typed arrays of Plotly's JSON.
 *
 * @returns the trace itself where its coordinates are few or no numbers.
 */
export function packedTrace(trace: PlotlyTrace): PlotlyTrace | { readonly [attribute: string]: Json } {
  const { x, y } = trace;
  if (!areMany(x) || !areMany(y)) return trace;
  return { ...trace, x: bytesOf(x), y: bytesOf(y) };
}

const areMany = (values: Json | undefined): values is readonly number[] =>
  Array.isArray(values) && values.length >= manyNumbers && values.every((value) => typeof value === "number");

function bytesOf(values: readonly number[]): Json {
  const { buffer } = Float32Array.from(values);
  return { dtype: "f4", bdata: Buffer.from(buffer).toString("base64") };
}
