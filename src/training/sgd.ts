import type { NamedTensorMap, Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { NamedVariables } from "../models/model.ts";
import type { Optimiser } from "../stages/optimiser.ts";

/** Stochastic gradient descent over some parameters, with its velocities. */
export interface Sgd {
  /** What it trains, by name. */
  readonly parameters: NamedVariables;
  /** Velocity of each parameter, by the parameter's name; starts at zero. */
  readonly velocities: NamedVariables;
  /**
   * One update of every parameter.
   *
   * @param gradients - by the name of the `tf.Variable`, as `tf.variableGrads` returns them.
   * @param learningRate - scalar.
   */
  update(gradients: NamedTensorMap, learningRate: Tensor): void;
}

/**
 * SGD as PyTorch defines it.
 *
 *     g ← g + wd·w,   v ← m·v + g,   w ← w − lr·v   (Nesterov: w ← w − lr·(g + m·v))
 *
 * with weight decay wd on every parameter, momentum m, learning rate lr and v = 0 before the first step.
 *
 * @param rateFactors - by what single parameters multiply lr, by their names; 0 leaves a parameter out.
 * @example const sgd = buildSgd(model.classifier.parameters, { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 2e-4 });
 */
export function buildSgd(
  parameters: NamedVariables,
  optimiser: Omit<Optimiser, "learningRate">,
  rateFactors: Readonly<Record<string, number>> = {},
): Sgd {
  const { momentum, nesterov, weightDecay } = optimiser;
  const zeros = ({ shape }: Variable) => tf.tidy(() => tf.variable(tf.zeros(shape)));
  const trained = new Map([...parameters].filter(([name]) => rateFactors[name] !== 0));
  const velocities = new Map([...trained].map(([name, parameter]) => [name, zeros(parameter)] as const));
  return {
    parameters: trained,
    velocities,
    update(gradients, learningRate) {
      for (const [name, parameter] of trained) {
        const velocity = velocities.get(name) as Variable;
        // Subtracting −wd·w and −m·v is adding wd·w and m·v, exactly. As sums of sums, which TensorFlow merges into one, the last
        // bit differed from process to process; gradients are sums themselves where branches share a layer.
        const gradient = tf.sub(gradients[parameter.name] as Tensor, tf.mul(parameter, -weightDecay));
        velocity.assign(tf.sub(gradient, tf.mul(velocity, -momentum)));
        const direction = nesterov ? tf.sub(gradient, tf.mul(velocity, -momentum)) : velocity;
        const factor = rateFactors[name];
        const rate = factor === undefined ? learningRate : tf.mul(learningRate, factor);
        parameter.assign(tf.sub(parameter, tf.mul(direction, rate)));
      }
    },
  };
}
