import type { Rank, Tensor2D, Tensor3D, Variable } from "@tensorflow/tfjs-node-gpu";
import { batchNormEpsilon, batchNormMomentum } from "../engine/ops/batch-norm.ts";
import { relu } from "../engine/ops/relu.ts";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import type { ClassifierInput } from "./classifier.ts";
import { uniformValues } from "./linear-classifier.ts";
import type { Classifier } from "./model.ts";
import { newVariable } from "./new-variable.ts";

/** Number of branches: all classes, medium and tail classes, tail classes. */
const branches = 3;

/** Pixels of the feature map, 8 × 8; a batch of n images has 64 n values per channel. */
const pixels = 64;

/**
 * Builds ResLT's classifier: one batch norm per branch H, M and T on the feature map, pooling, and a shared linear layer.
 *
 *     z_B = Σ_e [W_e (γ_B ⊙ (x_e − μ) / √(σ² + 1e-5) + β_B) + b_e] / E,   z = z_H + z_M + z_T
 *
 * A batch norm is an affine map per channel, so it may follow the pooling if the second moment is pooled as well.
 * With batch statistics, each expert has its own μ and σ².
 * The three batch norms share one pair of running statistics, because theirs would be equal.
 * Weights and biases are drawn uniformly from ±1/√d, PyTorch's default.
 *
 * @param input - one expert as published, or several experts with one linear layer per expert as in H2T.
 * @source code: ResLT CIFAR/networks/nets.py; H2T ride_resnet_cifar.py
 */
export function residualBranches(
  { featureSize, experts }: ClassifierInput,
  numClasses: number,
  stream: RandomStream,
): Classifier {
  const size = featureSize / experts;
  const drawn = (shape: [number, number, number]) => {
    const values = uniformValues(shape[0] * shape[1] * shape[2], size, stream);
    return newVariable(() => tf.tensor3d(values, shape));
  };
  const scale = newVariable(() => tf.ones<Rank.R3>([branches, 1, size]));
  const offset = newVariable(() => tf.zeros<Rank.R3>([branches, 1, size]));
  const weight = drawn([experts, size, numClasses]);
  const bias = drawn([experts, 1, numClasses]);
  const mean = newVariable(() => tf.zeros<Rank.R1>([size]));
  const variance = newVariable(() => tf.ones<Rank.R1>([size]));

  const updateStatistics = (variable: Variable, perExpert: Tensor3D) => {
    for (const batch of tf.unstack(perExpert)) {
      const update = tf.mul(tf.reshape(batch, [size]), batchNormMomentum);
      variable.assign(tf.add(tf.mul(variable, 1 - batchNormMomentum), update));
    }
  };
  const batchStatistics = (means: Tensor3D, squares: Tensor3D): readonly [Tensor3D, Tensor3D] => {
    const mu = tf.mean<Tensor3D>(means, 1, true);
    // Round-off may leave the variance of a constant channel below zero.
    const sigma2 = relu(tf.sub(tf.mean<Tensor3D>(squares, 1, true), tf.square(mu))) as Tensor3D;
    const count = pixels * means.shape[1];
    updateStatistics(mean, mu);
    updateStatistics(variance, tf.mul(sigma2, count / (count - 1)));
    return [mu, sigma2];
  };
  const outputs: Classifier["outputs"] = (features, mode) => {
    const [batch] = features.shape;
    const moments = tf.transpose(tf.reshape(features, [batch, 2, experts, size]), [1, 2, 0, 3]);
    const [means, squares] = tf.unstack(moments) as [Tensor3D, Tensor3D];
    const [mu, sigma2] = mode === "training" ? batchStatistics(means, squares) : [mean, variance];
    const normalised = tf.div(tf.sub(means, mu), tf.sqrt(tf.add(sigma2, batchNormEpsilon)));
    const perBranch = tf.add(tf.mul(tf.expandDims(normalised, 1), scale), offset);
    const rows = tf.reshape(perBranch, [experts, branches * batch, size]);
    const logits = tf.reshape(tf.add(tf.matMul(rows, weight), bias), [experts, branches, batch, numClasses]);
    return tf.unstack(tf.mean(logits, 0)) as Tensor2D[];
  };
  return {
    parameters: new Map(Object.entries({ scale, offset, weight, bias })),
    statistics: new Map(Object.entries({ mean, variance })),
    moments: 2,
    outputs,
    logits: (features) => tf.sum(tf.stack([...outputs(features, "inference")]), 0),
  };
}
