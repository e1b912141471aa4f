import type { Scalar, Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { classifyMap } from "../models/model.ts";
import { type RandomStream, randomStream } from "../random.ts";
import type { BatchMixing, Mixing, MixingContext } from "./mixing.ts";
import { drawSecondBatches, secondBatchInputs } from "./second-batch.ts";

/** A box of an image in pixels: from the first row and column to before the last. */
export interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * Draws where a patch is pasted: λ from Beta(1, 1), sides √(1 − λ) of the image's, the centre uniform, clipped at the borders.
 *
 * @param height - of the image, in pixels.
 * @returns one box for a whole batch; it may be empty.
 * @source code: CMO cifar_train.py; Yun et al., CutMix, ICCV 2019
 * @example drawBox(32, 32, randomStream(0, "cut-mix")).top; // 0 … 32
 */
export function drawBox(height: number, width: number, stream: RandomStream): Box {
  const side = Math.sqrt(1 - stream.beta(1, 1));
  const span = (size: number): readonly [number, number] => {
    const half = Math.floor(Math.floor(size * side) / 2);
    const centre = stream.integer(size);
    return [Math.max(0, centre - half), Math.min(size, centre + half)];
  };
  const [left, right] = span(width);
  const [top, bottom] = span(height);
  return { top, bottom, left, right };
}

/** `[height · width]`, 1 inside the box, else 0. */
function maskOf({ top, bottom, left, right }: Box, height: number, width: number): Float32Array {
  const mask = new Float32Array(height * width);
  for (let y = top; y < bottom; y++) mask.fill(1, y * width + left, y * width + right);
  return mask;
}

/**
 * CutMix with a second batch: a box of each of its images is pasted over the same place of an image of the first.
 *
 *     x̃ = (1 − M) ⊗ x + M ⊗ x′,   L = λ·L(y) + (1 − λ)·L(y′),   λ = 1 − (pixels of the box) / (pixels of the image)
 *
 * It happens to a batch with some probability, and in no epoch among the first and last few.
 *
 * @source code: CMO cifar_train.py (3 < epoch < E − 3, from 0)
 */
export function cutMix(mixing: Extract<Mixing, { kind: "cutMix" }>, context: MixingContext): BatchMixing {
  const { sampler, probability, plainEpochs } = mixing;
  const { seed, epochs } = context;
  const { height, width } = context.set;
  return {
    inputs: {
      ...secondBatchInputs(height, width),
      mask: { shape: [height, width, 1], dtype: "float32" },
      lambda: { shape: [], dtype: "float32" },
    },
    targets: 2,
    beginEpoch(epoch, length) {
      const drawSecond = drawSecondBatches(context, sampler, epoch, length);
      const stream = randomStream(seed, "cut-mix", 1, epoch);
      const isPlain = epoch < plainEpochs || epoch >= epochs - plainEpochs + 1;
      return (start, count) => {
        const pastes = stream.uniform() < probability && !isPlain;
        const mask = pastes
          ? maskOf(drawBox(height, width, stream), height, width)
          : new Float32Array(height * width);
        const share = mask.reduce((sum, pixel) => sum + pixel, 0) / mask.length;
        return { ...drawSecond(start, count), mask, lambda: Float32Array.of(1 - share) };
      };
    },
    forward(model, images, labels, inputs) {
      const mask = inputs.mask as Tensor;
      const lambda = inputs.lambda as Scalar;
      const second = inputs.secondImages as Tensor4D;
      const pasted: Tensor4D = tf.add(tf.mul(images, tf.sub(1, mask)), tf.mul(second, mask));
      return {
        heads: classifyMap(model, model.backbone.featureMap(pasted, "training"), "training"),
        targets: [
          { labels, share: lambda },
          { labels: inputs.secondLabels as Tensor1D, share: tf.sub(1, lambda) },
        ],
      };
    },
  };
}
