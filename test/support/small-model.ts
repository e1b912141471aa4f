import type { Tensor, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import { convolution } from "../../src/engine/ops/convolution.ts";
import { relu } from "../../src/engine/ops/relu.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { type BatchNormVariables, batchNorm } from "../../src/models/batch-norm.ts";
import { buildClassifier, type ClassifierKind } from "../../src/models/classifier.ts";
import type { BatchNormMode, Model } from "../../src/models/model.ts";
import { randomStream } from "../../src/random.ts";
import { sequence } from "./sequence.ts";

const width = 8;

/** A real model with all that ResNet-32 has, batch norm, stride and shortcut, but two convolutions: traced in a blink. */
export function smallModel(
  numClasses: number,
  kind: ClassifierKind = { kind: "linear" },
  stride = 2,
  seed = 0,
): Model {
  const parameters = new Map<string, Variable>();
  const statistics = new Map<string, Variable>();
  const layer = (name: string, channels: number, step: number) => {
    const values = Float32Array.from(sequence(9 * channels * width, seed + channels), (value) => value / 2);
    const variable = (of: () => Tensor) => tf.tidy(() => tf.variable(of()));
    const filter = variable(() => tf.tensor4d(values, [3, 3, channels, width]));
    const [scale, variance] = [variable(() => tf.ones([width])), variable(() => tf.ones([width]))];
    const [offset, mean] = [variable(() => tf.zeros([width])), variable(() => tf.zeros([width]))];
    for (const [key, parameter] of Object.entries({ filter, scale, offset })) {
      parameters.set(`${name}.${key}`, parameter);
    }
    statistics.set(`${name}.mean`, mean);
    statistics.set(`${name}.variance`, variance);
    return (x: Tensor4D, mode: BatchNormMode) => {
      const variables = { scale, offset, mean, variance } as BatchNormVariables;
      return batchNorm(variables, convolution(x, filter as Tensor4D, step, 1), mode);
    };
  };
  const first = layer("first", 3, stride);
  const second = layer("second", width, 1);
  return {
    backbone: {
      experts: 1,
      featureSize: width,
      parameters,
      statistics,
      featureMap(images, mode) {
        const x = relu(first(images, mode));
        return relu(tf.add(second(x, mode), x));
      },
    },
    classifier: buildClassifier(
      kind,
      { featureSize: width, experts: 1 },
      numClasses,
      randomStream(seed, "initialisation"),
    ),
    numClasses,
  };
}
