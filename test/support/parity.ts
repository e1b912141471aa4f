import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../../src/engine/tensorflow.ts";
import { type Model, modelVariables } from "../../src/models/model.ts";
import { sequence } from "./sequence.ts";

export type Summary = readonly number[];
export type Summaries = Readonly<Record<string, Summary>>;

/** Gives every parameter its formula, as `test/golden/parity.py` does. */
export function fill(model: Model): void {
  const { backbone, classifier } = model;
  const statistics = new Set([...backbone.statistics.values(), ...classifier.statistics.values()]);
  const parameters = [...modelVariables(model)].filter(([, variable]) => !statistics.has(variable));
  parameters.forEach(([name, variable], seed) => {
    const { shape, size } = variable;
    const fanIn = shape.slice(0, -1).reduce((product, length) => product * length, 1);
    const [offset, factor] = /filter|weight$/.test(name)
      ? [0, Math.sqrt(6 / fanIn)]
      : [name.endsWith("scale") ? 1 : 0, 0.25];
    const values = Float32Array.from(sequence(size, seed), (value) => offset + value * factor);
    const tensor = tf.tensor(values, shape);
    variable.assign(tensor);
    tensor.dispose();
  });
}

/** Pixels of a batch of 32 × 32 images. */
export const pixels = (batch: number, seed: number): Float32Array =>
  Float32Array.from(sequence(batch * 32 * 32 * 3, seed), (value) => 2 * value);

/** Length, product with a fixed direction, first values. */
export function summary(of: Tensor | Variable | ArrayLike<number>): Summary {
  const values = Float64Array.from("dataSync" in of ? of.dataSync() : of);
  const direction = sequence(values.length, 1000);
  const length = Math.hypot(...values);
  const product = values.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
  return [length, product, ...values.slice(0, 4)];
}

/** Largest deviation relative to the largest reference value, of each tensor for itself. */
export function error(ours: Summary | Summaries, theirs: Summary | Summaries): number {
  if (!Array.isArray(theirs)) {
    const each = theirs as Summaries;
    const mine = ours as Summaries;
    return Math.max(...Object.keys(each).map((name) => error(mine[name] ?? [], each[name] ?? [])));
  }
  const reference = theirs as Summary;
  const length = Math.max(...reference.map(Math.abs));
  return (
    Math.max(...reference.map((value, i) => Math.abs(value - ((ours as Summary)[i] ?? Number.NaN)))) / length
  );
}
