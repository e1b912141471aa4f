import type { Rank, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import { convolution } from "../engine/ops/convolution.ts";
import { tf } from "../engine/tensorflow.ts";
import type { RandomStream } from "../random.ts";
import { batchNorm } from "./batch-norm.ts";
import type { BatchNormMode } from "./model.ts";
import { newVariable } from "./new-variable.ts";

/** Function from one feature map to the next. */
export type Layer = (x: Tensor4D, mode: BatchNormMode) => Tensor4D;

/** Chains layers. */
export function inSequence(layers: readonly Layer[]): Layer {
  return (x, mode) => layers.reduce((map, layer) => layer(map, mode), x);
}

/** Creates the layers of a backbone and collects their variables in creation order. */
export class LayerFactory {
  readonly parameters = new Map<string, Variable>();
  readonly statistics = new Map<string, Variable>();
  readonly #stream: RandomStream;

  constructor(stream: RandomStream) {
    this.#stream = stream;
  }

  /** Creates a 3 × 3 convolution without bias (He-normal, fan-in), followed by batch normalisation. */
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
