import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import type { InputSpec } from "../engine/compile.ts";
import { tf } from "../engine/tensorflow.ts";
import type { BatchLoss } from "../losses/batch-loss.ts";
import type { InputValues, Target } from "../mixing/mixing.ts";
import { randomStream } from "../random.ts";

/** Inputs of a step as tensors, by name. */
type Inputs = Readonly<Record<string, Tensor>>;

/** A stage's loss over all targets of a batch. */
export interface TargetLosses {
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** @param epoch - epochs finished before this one. @returns gives the inputs of a batch of so many examples. */
  beginEpoch(epoch: number): (count: number) => InputValues;
  /** The sum of the targets' losses, each by its share. */
  compute(heads: readonly Tensor2D[], targets: readonly Target[], inputs: Inputs): Scalar;
}

const withSuffix = <T>(values: Readonly<Record<string, T>>, i: number): Record<string, T> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}${i}`, value]));

/**
 * Measures a loss on each target of a batch; what it draws, it draws anew for each.
 *
 * @param count - targets of a batch.
 * @param stage - 1 or 2: each stage has streams of its own.
 */
export function targetLosses(loss: BatchLoss, count: number, seed: number, stage: 1 | 2): TargetLosses {
  const places = Array.from({ length: count }, (_, i) => i);
  const merged = <T>(of: (i: number) => Readonly<Record<string, T>>) =>
    Object.assign({}, ...places.map((i) => withSuffix(of(i), i))) as Record<string, T>;
  return {
    inputs: merged(() => loss.inputs),
    beginEpoch(epoch) {
      const draws = places.map((i) => loss.beginEpoch(epoch, randomStream(seed, "loss", stage, epoch, i)));
      return (examples) => merged((i) => draws[i]?.(examples) ?? {});
    },
    compute(heads, targets, inputs) {
      const own = (i: number): Inputs =>
        Object.fromEntries(Object.keys(loss.inputs).map((name) => [name, inputs[`${name}${i}`] as Tensor]));
      return targets
        .map(({ labels, share }, i) => {
          const term = loss.compute(heads, labels, own(i));
          return share === undefined ? term : tf.mul<Scalar>(term, share);
        })
        .reduce((sum, term) => tf.add(sum, term));
    },
  };
}
