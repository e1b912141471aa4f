import type { Tensor, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { attribute, dtypeCodes, nativeBackend } from "../native-backend.ts";
import { tf } from "../tensorflow.ts";

function execute(name: string, inputs: Tensor[], stride: number, padding: "SAME" | "VALID"): Tensor4D {
  const attributes = [
    attribute("T", "type", dtypeCodes.float32),
    attribute("strides", "int", [1, stride, stride, 1]),
    attribute("padding", "string", padding),
    attribute("data_format", "string", "NHWC"),
    attribute("dilations", "int", [1, 1, 1, 1]),
    attribute("use_cudnn_on_gpu", "bool", true),
  ];
  return nativeBackend().executeMultipleOutputs(name, attributes, inputs, 1)[0] as Tensor4D;
}

function withGradient(
  images: Tensor4D,
  filter: Tensor4D,
  stride: number,
  padding: "SAME" | "VALID",
): Tensor4D {
  const compute = tf.customGrad((x, w, save) => {
    (save as (tensors: Tensor[]) => void)([x as Tensor, w as Tensor]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [image, kernel] = saved as [Tensor4D, Tensor4D];
      const imageShape = tf.tensor1d(image.shape, "int32");
      const kernelShape = tf.tensor1d(kernel.shape, "int32");
      return [
        execute("Conv2DBackpropInput", [imageShape, kernel, dy], stride, padding),
        execute("Conv2DBackpropFilter", [image, kernelShape, dy], stride, padding),
      ];
    };
    return { value: execute("Conv2D", [x as Tensor, w as Tensor], stride, padding), gradFunc };
  });
  return compute(images, filter) as Tensor4D;
}

/**
 * Computes a two-dimensional convolution with equal zero padding on all sides, like PyTorch's `Conv2d`.
 *
 * TensorFlow's "same" pads a stride-2 convolution on one side only, which would shift the features.
 *
 * @param images - `[batch, height, width, channels]`.
 * @param filter - `[size, size, channels, filters]`.
 * @param stride - step in pixels in both directions.
 * @param padding - zeros added on each side, in pixels.
 * @returns `[batch, ⌊(height + 2·padding − size) / stride⌋ + 1, …, filters]`.
 * @example convolution(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 2]), 2, 1).shape; // → [1, 2, 2, 2]
 */
export function convolution(images: Tensor4D, filter: Tensor4D, stride: number, padding: number): Tensor4D {
  const [size] = filter.shape;
  // TensorFlow's explicit padding has no oneDNN gradient and is several times slower.
  if (stride === 1 && 2 * padding === size - 1) return withGradient(images, filter, 1, "SAME");
  // Pads only the pixels that the last step reaches.
  const along = (length: number): [number, number] => {
    const steps = Math.floor((length + 2 * padding - size) / stride);
    return [padding, Math.max(0, steps * stride + size - length - padding)];
  };
  const [, height, width] = images.shape;
  const padded = tf.pad(images, [[0, 0], along(height), along(width), [0, 0]]);
  return withGradient(padded, filter, stride, "VALID");
}
