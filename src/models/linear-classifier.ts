import type { Rank, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import type { Classifier } from "./model.ts";
import { newVariable } from "./new-variable.ts";
import { singleOutput } from "./single-head.ts";

/** Draws weights `[d, C]` from N(0, 2/d), He's initialisation for a fan-in of d. */
export function heWeights(featureSize: number, numClasses: number, stream: RandomStream): Variable<Rank.R2> {
  const deviation = Math.sqrt(2 / featureSize);
  const weights = Float32Array.from({ length: featureSize * numClasses }, () => stream.normal(0, deviation));
  return newVariable(() => tf.tensor2d(weights, [featureSize, numClasses]));
}

/** Draws values uniformly from ±1/√d, PyTorch's default. */
export function uniformValues(count: number, featureSize: number, stream: RandomStream): Float32Array {
  const bound = 1 / Math.sqrt(featureSize);
  return Float32Array.from({ length: count }, () => bound * (2 * stream.uniform() - 1));
}

/**
 * Builds a linear classifier, z = x W + b.
 *
 * Weights are drawn from N(0, 2/d) (He, fan-in), and biases uniformly from ±1/√d, PyTorch's default.
 *
 * @param featureSize - d.
 * @param numClasses - C.
 * @source code: H2T models/resnet_cifar.py
 */
export function linearClassifier(featureSize: number, numClasses: number, stream: RandomStream): Classifier {
  const weight = heWeights(featureSize, numClasses, stream);
  const bias = newVariable(() => tf.tensor1d(uniformValues(numClasses, featureSize, stream)));
  return singleOutput({ weight, bias }, (features) => tf.add(tf.matMul(features, weight), bias));
}
