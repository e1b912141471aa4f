import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import type { InputSpec } from "../engine/compile.ts";
import { tf } from "../engine/tensorflow.ts";
import type { BatchLoss } from "../losses/batch-loss.ts";
import type { InputValues, Target } from "../mixing/mixing.ts";
import { randomStream } from "../random.ts";

/** Inputs of a step, by name. */
type Inputs = Readonly<Record<string, Tensor>>;

/** Loss of a stage over all targets of a batch. */
export interface TargetLosses {
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** Starts an epoch. @param epoch - epochs finished before this one. @returns a function from a batch's size to its inputs. */
  beginEpoch(epoch: number): (count: number) => InputValues;
  /** Sums the losses of the targets, weighted by their shares. */
  compute(outputs: readonly Tensor2D[], targets: readonly Target[], inputs: Inputs): Scalar;
}

const withSuffix = <T>(values: Readonly<Record<string, T>>, i: number): Record<string, T> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}${i}`, value]));

/**
 * Applies a loss to each target of a batch, with separate random numbers per target.
 *
 * @param count - number of targets per batch.
 * @param stage - 1 or 2; each stage has its own random streams.
 */
export function targetLosses(loss: BatchLoss, count: number, seed: number, stage: 1 | 2): TargetLosses {
  const indices = Array.from({ length: count }, (_, i) => i);
  const merged = <T>(of: (i: number) => Readonly<Record<string, T>>) =>
    Object.assign({}, ...indices.map((i) => withSuffix(of(i), i))) as Record<string, T>;
  return {
    inputs: merged(() => loss.inputs),
    beginEpoch(epoch) {
      const draws = indices.map((i) => loss.beginEpoch(epoch, randomStream(seed, "loss", stage, epoch, i)));
      return (examples) => merged((i) => draws[i]?.(examples) ?? {});
    },
    compute(outputs, targets, inputs) {
      const inputsOf = (i: number): Inputs =>
        Object.fromEntries(Object.keys(loss.inputs).map((name) => [name, inputs[`${name}${i}`] as Tensor]));
      return targets
        .map(({ labels, share }, i) => {
          const term = loss.compute(outputs, labels, inputsOf(i));
          return share === undefined ? term : tf.mul<Scalar>(term, share);
        })
        .reduce((sum, term) => tf.add(sum, term));
    },
  };
}
