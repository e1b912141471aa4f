import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { relu } from "../engine/ops/relu.ts";
import { tf } from "../engine/tensorflow.ts";
import { inSequence, type Layer, type LayerFactory } from "./layer-factory.ts";

/** Computes shortcut option A, without parameters: every second pixel, padded with zero channels on both sides. */
function shortcut(x: Tensor4D, stride: number, filters: number): Tensor4D {
  if (stride === 1) return x;
  const side = (filters - x.shape[3]) / 2;
  const zeros: [number, number] = [0, 0];
  // A 1 × 1 pooling picks pixels, because a strided slice has no gradient in TensorFlow.js.
  return tf.pad(tf.maxPool(x, 1, stride, "valid"), [zeros, zeros, zeros, [side, side]]);
}

/** Builds two 3 × 3 convolutions with batch norm and a shortcut; a block that widens halves height and width. */
export function basicBlock(make: LayerFactory, name: string, channels: number, filters: number): Layer {
  const stride = filters === channels ? 1 : 2;
  const first = make.convolutionNorm(`${name}.convolution1`, channels, filters, stride);
  const second = make.convolutionNorm(`${name}.convolution2`, filters, filters, 1);
  return (x, mode) => {
    const residual = second(relu(first(x, mode)), mode);
    return relu(tf.add(residual, shortcut(x, stride, filters)));
  };
}

/** Builds a stage of basic blocks, whose first block changes the number of channels; ResNet-32 has five per stage. */
export function residualStage(
  make: LayerFactory,
  name: string,
  channels: number,
  filters: number,
  blocks = 5,
): Layer {
  return inSequence(
    Array.from({ length: blocks }, (_, block) =>
      basicBlock(make, `${name}.block${block + 1}`, block === 0 ? channels : filters, filters),
    ),
  );
}

/** Builds stem and first stage, with 16 channels. */
export function residualStem(make: LayerFactory, blocks = 5): Layer {
  const stem = make.convolutionNorm("stem", 3, 16, 1);
  return inSequence([(x, mode) => relu(stem(x, mode)), residualStage(make, "stage1", 16, 16, blocks)]);
}
