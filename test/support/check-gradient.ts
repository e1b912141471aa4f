import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../../src/engine/tensorflow.ts";
import { relativeError } from "./relative-error.ts";
import { sequence } from "./sequence.ts";

/** A power of two, so that x ± h loses nothing for x of its size. */
const h = 2 ** -5;

/** Float32 round-off of four values, divided by h, for outputs up to about 10 times the gradient. */
const tolerance = 2e-4;

/**
 * Compares a function's gradients with differences of its values.
 *
 * The outputs are projected on a fixed direction, summed in double precision, and differentiated by the four-point
 * formula, (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h: its error of h⁴ allows an h large against float32 round-off.
 *
 * @param f - smooth within 2h of the inputs.
 * @throws {Error} naming the input whose gradient deviates by more than 2e-4 of its largest entry.
 */
export function checkGradient(f: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[]): void {
  const values = inputs.map((input) => Float32Array.from(input.dataSync()));
  const shapes = inputs.map(({ shape }) => shape);
  const project = (): number =>
    tf.tidy(() => {
      const output = f(
        ...values.map((of, i) => tf.tensor(of.slice(), shapes[i] as number[])),
      ).dataSync<"float32">();
      const direction = sequence(output.length, 1);
      return output.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
    });
  const gradients = tf.tidy(() => {
    const all = tf.grads((...given: Tensor[]) => f(...given));
    const output = f(...inputs);
    const direction = tf.tensor(Float32Array.from(sequence(output.size, 1)), output.shape);
    return all([...inputs], direction).map((gradient) => gradient.dataSync());
  });
  values.forEach((of, place) => {
    const expected = Array.from(of, (x, i) => {
      const at = (offset: number) => {
        of[i] = x + offset;
        const result = project();
        of[i] = x;
        return result;
      };
      return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    });
    const error = relativeError(gradients[place] as ArrayLike<number>, expected);
    if (!(error <= tolerance))
      throw new Error(`gradient of input ${place} is off by ${error.toPrecision(2)}`);
  });
}
