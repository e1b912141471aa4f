import type { NamedTensorMap, Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { NamedVariables } from "../models/model.ts";
import type { Optimiser } from "../stages/optimiser.ts";

/** Stochastic gradient descent with its parameters and velocities. */
export interface Sgd {
  /** Trained parameters, by name. */
  readonly parameters: NamedVariables;
  /** Velocities by parameter name; they start at zero. */
  readonly velocities: NamedVariables;
  /**
   * Updates all parameters once.
   *
   * @param gradients - gradients by the name of the `tf.Variable`, as `tf.variableGrads` returns them.
   * @param learningRate - scalar.
   */
  update(gradients: NamedTensorMap, learningRate: Tensor): void;
}

/**
 * Builds SGD as PyTorch defines it.
 *
 *     g ← g + wd·w,   v ← m·v + g,   w ← w − lr·v   (Nesterov: w ← w − lr·(g + m·v))
 *
 * with weight decay wd on every parameter, momentum m, learning rate lr and v = 0 before the first step.
 *
 * @param rateFactors - multiplier of lr by parameter name, 1 by default; 0 freezes the parameter.
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
        // Subtracting −wd·w and −m·v equals adding wd·w and m·v, exactly. TensorFlow would merge nested sums into one, whose last
        // bit differs between processes. Gradients are themselves sums if branches share a layer.
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
