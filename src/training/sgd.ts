import type { NamedTensorMap, Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { NamedVariables } from "../models/model.ts";
import type { Optimiser } from "./optimiser.ts";

/** Stochastic gradient descent over some parameters, with its velocities. */
export interface Sgd {
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
 * @example const sgd = buildSgd(model.classifier.parameters, { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 2e-4 });
 */
export function buildSgd(parameters: NamedVariables, optimiser: Omit<Optimiser, "learningRate">): Sgd {
  const { momentum, nesterov, weightDecay } = optimiser;
  const zeros = ({ shape }: Variable) => tf.tidy(() => tf.variable(tf.zeros(shape)));
  const velocities = new Map([...parameters].map(([name, parameter]) => [name, zeros(parameter)] as const));
  return {
    velocities,
    update(gradients, learningRate) {
      for (const [name, parameter] of parameters) {
        const velocity = velocities.get(name) as Variable;
        const gradient = tf.add(gradients[parameter.name] as Tensor, tf.mul(parameter, weightDecay));
        // Subtracting −m·v is adding m·v, exactly. As a sum of sums, which TensorFlow merges into one, the last bit differed
        // from process to process.
        velocity.assign(tf.sub(gradient, tf.mul(velocity, -momentum)));
        const direction = nesterov ? tf.sub(gradient, tf.mul(velocity, -momentum)) : velocity;
        parameter.assign(tf.sub(parameter, tf.mul(direction, learningRate)));
      }
    },
  };
}
