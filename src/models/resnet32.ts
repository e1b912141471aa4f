import type { Rank, Tensor, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import { convolution } from "../engine/ops/convolution.ts";
import { relu } from "../engine/ops/relu.ts";
import { tf } from "../engine/tensorflow.ts";
import { type RandomStream, randomStream } from "../random.ts";
import { batchNorm } from "./batch-norm.ts";
import { buildClassifier, type ClassifierKind } from "./classifier.ts";
import type { Backbone, BatchNormMode, Model } from "./model.ts";

/** Channels of the three stages; the first block of the second and third halves height and width. */
const stageWidths = [16, 32, 64] as const;
const blocksPerStage = 5;

type Layer = (x: Tensor4D, mode: BatchNormMode) => Tensor4D;

/** A variable that leaves no tensor beside it: `tf.variable` alone keeps its initial value, too. */
function newVariable<R extends Rank>(value: () => Tensor<R>): Variable<R> {
  return tf.tidy(() => tf.variable(value()));
}

/** Makes the layers and keeps their variables. */
class LayerFactory {
  readonly parameters = new Map<string, Variable>();
  readonly statistics = new Map<string, Variable>();
  readonly #stream: RandomStream;

  constructor(stream: RandomStream) {
    this.#stream = stream;
  }

  /** 3 × 3 convolution without bias (He-normal, fan-in), then batch normalisation. */
  convolutionNorm(name: string, channels: number, filters: number, stride: number): Layer {
    const deviation = Math.sqrt(2 / (9 * channels));
    const weights = Float32Array.from({ length: 9 * channels * filters }, () =>
      this.#stream.normal(0, deviation),
    );
    const filter = newVariable(() => tf.tensor4d(weights, [3, 3, channels, filters]));
    const scale = newVariable(() => tf.ones<Rank.R1>([filters]));
    const offset = newVariable(() => tf.zeros<Rank.R1>([filters]));
    const mean = newVariable(() => tf.zeros<Rank.R1>([filters]));
    const variance = newVariable(() => tf.ones<Rank.R1>([filters]));
    this.parameters.set(`${name}.filter`, filter);
    this.parameters.set(`${name}.scale`, scale);
    this.parameters.set(`${name}.offset`, offset);
    this.statistics.set(`${name}.mean`, mean);
    this.statistics.set(`${name}.variance`, variance);
    return (x, mode) => {
      const convolved = convolution(x, filter, stride, 1);
      return batchNorm({ scale, offset, mean, variance }, convolved, mode);
    };
  }
}

/** Shortcut option A: every second pixel, and zero channels on both sides; no parameters. */
function shortcut(x: Tensor4D, stride: number, filters: number): Tensor4D {
  if (stride === 1) return x;
  const side = (filters - x.shape[3]) / 2;
  const zeros: [number, number] = [0, 0];
  // A 1 × 1 pooling picks pixels; a strided slice would have no gradient in TensorFlow.js.
  return tf.pad(tf.maxPool(x, 1, stride, "valid"), [zeros, zeros, zeros, [side, side]]);
}

function basicBlock(
  make: LayerFactory,
  name: string,
  channels: number,
  filters: number,
  stride: number,
): Layer {
  const first = make.convolutionNorm(`${name}.convolution1`, channels, filters, stride);
  const second = make.convolutionNorm(`${name}.convolution2`, filters, filters, 1);
  return (x, mode) => {
    const residual = second(relu(first(x, mode)), mode);
    return relu(tf.add(residual, shortcut(x, stride, filters)));
  };
}

function resnet32Backbone(stream: RandomStream): Backbone {
  const make = new LayerFactory(stream);
  const stem = make.convolutionNorm("stem", 3, stageWidths[0], 1);
  const blocks = stageWidths.flatMap((filters, stage) =>
    Array.from({ length: blocksPerStage }, (_, block) => {
      const first = block === 0 && stage > 0;
      const channels = first ? filters / 2 : filters;
      return basicBlock(make, `stage${stage + 1}.block${block + 1}`, channels, filters, first ? 2 : 1);
    }),
  );
  return {
    featureSize: stageWidths[2],
    parameters: make.parameters,
    statistics: make.statistics,
    featureMap: (images, mode) => blocks.reduce((x, block) => block(x, mode), relu(stem(images, mode))),
  };
}

/** What a ResNet-32 may differ in. */
export interface ResNet32Options {
  /** @default linear */
  readonly classifier?: ClassifierKind;
  /** Seed of the initial weights. @default 0 */
  readonly seed?: number;
}

/**
 * ResNet-32 for 32 × 32 images, with newly drawn weights.
 *
 * 3×3 convolution 3 → 16, batch norm, ReLU; three stages of five basic blocks with 16, 32 and 64 channels,
 * strides 1, 2 and 2, shortcut option A; feature map `[batch, 8, 8, 64]`; global average pooling; classifier.
 * 463,504 parameters in the backbone; with a linear classifier 464,154 for 10 and 470,004 for 100 classes.
 * Convolutions and linear weights are drawn from N(0, 2/fan-in).
 *
 * @param numClasses - C, at least 2.
 * @source paper section 4.2; code: H2T models/resnet_cifar.py
 * @example resnet32(10).backbone.featureSize; // → 64
 */
export function resnet32(numClasses: number, options: ResNet32Options = {}): Model {
  const stream = randomStream(options.seed ?? 0, "initialisation");
  const backbone = resnet32Backbone(stream);
  const kind = options.classifier ?? { kind: "linear" };
  return {
    backbone,
    classifier: buildClassifier(kind, backbone.featureSize, numClasses, stream),
    numClasses,
  };
}
