import type { Tensor, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { convolution } from "../../../src/engine/ops/convolution.ts";
import { tf } from "../../../src/engine/tensorflow.ts";
import { checkGradient } from "../../support/check-gradient.ts";
import { relativeError } from "../../support/relative-error.ts";
import { sequence } from "../../support/sequence.ts";

const batch = 2;
const channels = 2;
const filters = 3;

/** Images and filter, without which a mistake in height for width would not show: no two sizes are equal. */
function operands(height: number, width: number, size: number): [Tensor4D, Tensor4D] {
  const imageShape: [number, number, number, number] = [batch, height, width, channels];
  const filterShape: [number, number, number, number] = [size, size, channels, filters];
  const of = (shape: readonly number[], seed: number) =>
    Float32Array.from(
      sequence(
        shape.reduce((a, b) => a * b),
        seed,
      ),
    );
  return [tf.tensor(of(imageShape, 2), imageShape), tf.tensor(of(filterShape, 3), filterShape)];
}

/** The definition, pixel by pixel. */
function loops(images: Tensor4D, filter: Tensor4D, stride: number, padding: number) {
  const [, height, width] = images.shape;
  const [size] = filter.shape;
  const along = (length: number) => Math.floor((length + 2 * padding - size) / stride) + 1;
  const x = images.arraySync();
  const w = filter.arraySync();
  const shape = [batch, along(height), along(width), filters];
  const values: number[] = [];
  for (let b = 0; b < batch; b++)
    for (let row = 0; row < along(height); row++)
      for (let column = 0; column < along(width); column++)
        for (let f = 0; f < filters; f++) {
          let sum = 0;
          for (let i = 0; i < size; i++)
            for (let j = 0; j < size; j++)
              for (let c = 0; c < channels; c++) {
                const pixel = x[b]?.[row * stride + i - padding]?.[column * stride + j - padding]?.[c] ?? 0;
                sum += pixel * (w[i]?.[j]?.[c]?.[f] as number);
              }
          values.push(sum);
        }
  return { shape, values };
}

for (const size of [1, 3]) {
  for (const stride of [1, 2]) {
    test(`convolution: ${size} × ${size}, stride ${stride}: the definition, on odd and even sides, at any padding`, (t) => {
      for (const [height, width] of [
        [4, 6],
        [5, 7],
        [6, 5],
      ] as const) {
        for (const padding of [0, 1, 2]) {
          const [images, filter] = operands(height, width, size);
          const expected = loops(images, filter, stride, padding);
          const ours = convolution(images, filter, stride, padding);
          const where = `padding ${padding}, ${height} × ${width}`;
          t.deepEqual(ours.shape, expected.shape, where);
          const error = relativeError(ours.dataSync(), expected.values);
          t.true(error < 5e-7, `${where}: off by ${error}`);
        }
      }
    });
  }
}

for (const size of [1, 3]) {
  for (const stride of [1, 2]) {
    test(`convolution: ${size} × ${size}, stride ${stride}: gradients of images and filter`, (t) => {
      for (const [height, width] of [
        [4, 4],
        [5, 3],
      ] as const) {
        const f = (x?: Tensor, w?: Tensor) =>
          convolution(x as Tensor4D, w as Tensor4D, stride, (size - 1) / 2);
        t.notThrows(() => checkGradient(f, operands(height, width, size)));
      }
    });
  }
}
