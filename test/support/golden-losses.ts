import { readFileSync } from "node:fs";
import type { Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { compile } from "../../src/engine/compile.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { sequence } from "./sequence.ts";

/** What a loss takes besides logits and labels. */
export interface LossSetting {
  readonly labels: readonly number[];
  readonly classCounts: readonly number[];
  readonly groupStarts: readonly number[];
}

/** Made by `test/golden/make-losses.py`. */
export const goldenLosses = JSON.parse(
  readFileSync(new URL("../golden/losses.json", import.meta.url), "utf8"),
) as {
  readonly settings: Readonly<Record<string, LossSetting>>;
  readonly drwWeights: Readonly<Record<string, number[]>>;
  readonly cases: readonly {
    readonly name: string;
    readonly classes: number;
    readonly amplitude: number;
    readonly loss: number;
    readonly gradients: number[][];
  }[];
};

/** A loss of one or more sets of logits, which must fit all cases of one name; `noise` is `[batch, C]` in [−1.5, 1.5). */
type LossOfHeads = (
  heads: readonly [Tensor2D, ...Tensor2D[]],
  labels: Tensor1D,
  setting: LossSetting & { readonly noise: Tensor2D },
) => Scalar;

/** Logits in which every other image is classified rightly, as the golden script draws them. */
function logitValues(labels: readonly number[], classes: number, amplitude: number, seed: number) {
  const values = sequence(labels.length * classes, seed).map((value) => value * amplitude);
  for (let row = 0; row < labels.length; row += 2) {
    const place = row * classes + (labels[row] as number);
    values[place] = (values[place] as number) + 3 * amplitude;
  }
  return Float32Array.from(values);
}

/** The largest deviation, relative to the largest of the expected numbers if that exceeds `floor`. */
function deviation(ours: ArrayLike<number>, expected: readonly number[], floor: number): number {
  const deviations = expected.map((value, i) => Math.abs((ours[i] ?? Number.NaN) - value));
  return Math.max(...deviations) / Math.max(floor, ...expected.map(Math.abs));
}

function variablesOf(values: readonly Float32Array[], batch: number, classes: number): Variable[] {
  return tf.tidy(() => values.map((of) => tf.variable(tf.tensor2d(of.slice(), [batch, classes]))));
}

/**
 * Tests a loss against PyTorch, eagerly and compiled, for 10 and 100 classes, counts from 5000 to 2, logits of ±5 and ±3e4.
 *
 * Beside the exact numbers: nothing that comes in is changed, and no tensor but the results is left.
 */
export function testLoss(name: string, lossOf: LossOfHeads, golden = name): void {
  const cases = goldenLosses.cases.filter((one) => one.name === golden);
  if (cases.length === 0) throw new Error(`losses.json has no case of ${golden}`);
  for (const { classes, amplitude, loss, gradients } of cases) {
    const setting = goldenLosses.settings[classes] as LossSetting;
    const { length: batch } = setting.labels;
    const values = gradients.map((_, e) => logitValues(setting.labels, classes, amplitude, 1 + e));
    const noise = Float32Array.from(sequence(batch * classes, 9), (value) => 1.5 * value);
    const labels = Int32Array.from(setting.labels);
    const title = `${name}, ${classes} classes, logits of about ±${amplitude}`;
    const step = (heads: readonly Variable[]) => (input: { labels: Tensor; noise: Tensor }) => {
      const given = { ...setting, noise: input.noise as Tensor2D };
      const f = () => lossOf(heads as unknown as Parameters<LossOfHeads>[0], input.labels as Tensor1D, given);
      const { value, grads } = tf.variableGrads(f, [...heads]);
      const named = heads.map((head, e) => [`gradient ${e}`, grads[head.name] as Tensor]);
      return { loss: value, ...Object.fromEntries(named) } as Record<string, Tensor>;
    };

    test(`${title}: loss and gradients equal PyTorch's, compiled and not, and nothing else changes`, (t) => {
      const heads = variablesOf(values, batch, classes);
      const check = (results: Record<string, ArrayLike<number>>) => {
        // RIDE's loss is a difference of numbers up to ten times as large.
        const within = (tolerance: number, ...given: Parameters<typeof deviation>) => {
          const off = deviation(...given);
          t.true(off < tolerance, `off by ${off}`);
        };
        within(2e-6, results.loss as ArrayLike<number>, [loss], 0.1);
        gradients.forEach((gradient, e) => {
          within(1e-6, results[`gradient ${e}`] as ArrayLike<number>, gradient, 1e-3);
        });
      };
      const before = tf.memory().numTensors;
      const input = { labels: tf.tensor1d(labels), noise: tf.tensor2d(noise, [batch, classes]) };
      const results = tf.tidy(() => step(heads)(input));
      t.is(tf.memory().numTensors, before + 2 + 1 + heads.length);
      check(Object.fromEntries(Object.entries(results).map(([key, value]) => [key, value.dataSync()])));
      t.deepEqual([...input.labels.dataSync()], setting.labels);
      t.deepEqual(input.noise.dataSync(), noise);
      tf.dispose([results, input]);

      const compiled = compile(step(heads), {
        inputs: {
          labels: { shape: [null], dtype: "int32" },
          noise: { shape: [null, classes], dtype: "float32" },
        },
        variables: heads,
      });
      check(compiled.run({ labels, noise }));
      compiled.dispose();
      t.deepEqual(
        heads.map((head) => head.dataSync()),
        values,
      );
      tf.dispose(heads);
    });
  }
}

/**
 * Tests that logits of exactly ±1e4, in every pattern of signs over three classes whatever the label, give a finite loss and gradients.
 */
export function testExtremeLogits(
  name: string,
  lossOf: (logits: Tensor2D, labels: Tensor1D) => Scalar,
): void {
  test(`${name}: logits of ±1e4 in every pattern give a finite loss and finite gradients`, (t) => {
    for (let pattern = 0; pattern < 8; pattern++) {
      tf.tidy(() => {
        const row = [1, 2, 4].map((bit) => (pattern & bit ? 1e4 : -1e4));
        const logits = tf.tensor2d([row, row, row]);
        const labels = tf.tensor1d([0, 1, 2], "int32");
        const { value, grad } = tf.valueAndGrad((z: Tensor) => lossOf(z as Tensor2D, labels))(logits);
        t.true([...value.dataSync(), ...grad.dataSync()].every(Number.isFinite), row.join());
      });
    }
  });
}
