import type { Scalar, Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../engine/tensorflow.ts";
import { classifyMap } from "../models/model.ts";
import { type RandomStream, randomStream } from "../random.ts";
import type { BatchMixing, Mixing, MixingContext } from "./mixing.ts";
import { drawSecondBatches, secondBatchInputs } from "./second-batch.ts";

/** Box of an image in pixels; `bottom` and `right` are exclusive. */
export interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * Draws the box of a pasted patch.
 *
 * λ follows Beta(1, 1), each side is √(1 − λ) of the image's, and the centre is uniform. The box is clipped at the borders.
 *
 * @param height - height of the image, in pixels.
 * @param width - width of the image, in pixels.
 * @returns one box for the whole batch; it may be empty.
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

/** Mask of a box, `[height · width]`: 1 inside, 0 outside. */
function maskOf({ top, bottom, left, right }: Box, height: number, width: number): Float32Array {
  const mask = new Float32Array(height * width);
  for (let y = top; y < bottom; y++) mask.fill(1, y * width + left, y * width + right);
  return mask;
}

/**
 * Pastes a box of each image of a second batch over the same position of an image of the first (CutMix).
 *
 *     x̃ = (1 − M) ⊗ x + M ⊗ x′,   L = λ·L(y) + (1 − λ)·L(y′),   λ = 1 − (pixels of the box) / (pixels of the image)
 *
 * A batch is mixed with the given probability, except in the first and last few epochs.
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
        outputs: classifyMap(model, model.backbone.featureMap(pasted, "training"), "training"),
        targets: [
          { labels, share: lambda },
          { labels: inputs.secondLabels as Tensor1D, share: tf.sub(1, lambda) },
        ],
      };
    },
  };
}
