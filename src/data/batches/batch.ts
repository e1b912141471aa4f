import { UsageError } from "../../errors.ts";
import type { RandomStream } from "../../random.ts";
import type { ImageSet } from "../image-set.ts";

/** Black rows and columns added on each side before a training crop. */
const padding = 4;
/** Channel means and standard deviations of CIFAR-10's training images; the reference code uses them for CIFAR-100 too. */
const mean = [0.4914, 0.4822, 0.4465] as const;
const deviation = [0.2023, 0.1994, 0.201] as const;

/** `normalised[channel][byte]`, rounded to single precision after each operation, as the reference code computes it. */
const normalised = mean.map((m, channel) =>
  Float32Array.from({ length: 256 }, (_, byte) => {
    const centred = Math.fround(Math.fround(byte / 255) - Math.fround(m));
    return centred / Math.fround(deviation[channel] as number);
  }),
) as [Float32Array, Float32Array, Float32Array];

/** Normalised value of black, per channel. */
export const normalisedBlack: readonly number[] = normalised.map(([black]) => black as number);

/**
 * Draws random crops and flips.
 *
 * Draws the integers dy and dx (0 … 8) and flip (0 or 1) for each image, in this order.
 *
 * @param count - number of images.
 * @param stream - source of the random numbers.
 * @returns `[count · 3]`: dy − 4, dx − 4 and flip of each image.
 * @example drawCrops(2, randomStream(0, "augmentation", 1)).length; // → 6
 */
export function drawCrops(count: number, stream: RandomStream): Int8Array {
  const crops = new Int8Array(3 * count);
  for (let i = 0; i < count; i++) {
    crops[3 * i] = stream.integer(2 * padding + 1) - padding;
    crops[3 * i + 1] = stream.integer(2 * padding + 1) - padding;
    crops[3 * i + 2] = stream.integer(2);
  }
  return crops;
}

/**
 * Fills a batch with training images: pads by 4 with black, crops, flips left to right and normalises.
 *
 * Pixel (y, x) of the crop is pixel (y + dy − 4, x + dx − 4) of the image, or black outside it.
 *
 * @param out - `[indices.length, height, width, 3]`, overwritten.
 * @param set - the images.
 * @param indices - positions in `set`, in any order; repeats are allowed.
 * @param crops - result of `drawCrops`, one crop per index.
 * @throws {UsageError} if `out` has the wrong length or an index is outside the set.
 * @source code: H2T `datasets/cifar100.py` (zero padding of bytes, CIFAR-10 statistics).
 */
export function fillCrops(
  out: Float32Array,
  set: ImageSet,
  indices: ArrayLike<number>,
  crops: Int8Array,
): void {
  checkBatch(out, set, indices);
  for (let i = 0; i < indices.length; i++) {
    const [dy, dx, flip] = crops.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
    copyImage(out, i, set, indices[i] as number, dy, dx, flip === 1);
  }
}

/**
 * Fills a batch with training images, cropped at random and flipped with probability ½.
 *
 * Draws in the order of `indices`; see `drawCrops` and `fillCrops`.
 *
 * @param out - `[indices.length, height, width, 3]`, overwritten.
 * @param set - the images.
 * @param indices - positions in `set`, in any order; repeats are allowed.
 * @param stream - source of the random numbers.
 * @throws {UsageError} if `out` has the wrong length or an index is outside the set.
 * @example fillTrainingBatch(new Float32Array(2 * 32 * 32 * 3), train, [7, 7], randomStream(0, "augmentation", 1));
 */
export function fillTrainingBatch(
  out: Float32Array,
  set: ImageSet,
  indices: ArrayLike<number>,
  stream: RandomStream,
): void {
  checkBatch(out, set, indices);
  fillCrops(out, set, indices, drawCrops(indices.length, stream));
}

/**
 * Fills a batch with test images, normalised but otherwise unchanged.
 *
 * @param out - `[indices.length, height, width, 3]`, overwritten.
 * @param set - the images.
 * @param indices - positions in `set`.
 * @throws {UsageError} if `out` has the wrong length or an index is outside the set.
 * @example fillTestBatch(new Float32Array(32 * 32 * 3), test, [0]);
 */
export function fillTestBatch(out: Float32Array, set: ImageSet, indices: ArrayLike<number>): void {
  checkBatch(out, set, indices);
  for (let i = 0; i < indices.length; i++) copyImage(out, i, set, indices[i] as number, 0, 0, false);
}

/**
 * Returns the labels of a batch.
 *
 * @returns `[indices.length]`, a new array that a tensor may alias.
 * @throws {UsageError} if an index is outside the set.
 * @example batchLabels(train, [0, 1, 2]);
 */
export function batchLabels(set: ImageSet, indices: ArrayLike<number>): Int32Array {
  checkIndices(set, indices);
  return Int32Array.from(indices, (index) => set.labels[index] as number);
}

function copyImage(
  out: Float32Array,
  slot: number,
  { pixels, height, width }: ImageSet,
  index: number,
  dy: number,
  dx: number,
  flip: boolean,
): void {
  const [red, green, blue] = normalised;
  const image = index * height * width * 3;
  // A row reads its columns from `firstColumn` on, forwards or backwards. Those from `low` to `high` are inside the image.
  const firstColumn = flip ? width - 1 + dx : dx;
  const step = flip ? -3 : 3;
  const low = Math.max(0, flip ? dx : -dx);
  const high = Math.min(width, flip ? width + dx : width - dx);
  for (let y = 0; y < height; y++) {
    const row = y + dy;
    const start = (slot * height + y) * width * 3;
    const isInside = row >= 0 && row < height;
    fillBlack(out, start, start + 3 * (isInside ? low : width));
    if (!isInside) continue;
    const end = start + 3 * high;
    let from = image + (row * width + firstColumn) * 3 + low * step;
    for (let to = start + 3 * low; to < end; to += 3, from += step) {
      out[to] = red[pixels[from] as number] as number;
      out[to + 1] = green[pixels[from + 1] as number] as number;
      out[to + 2] = blue[pixels[from + 2] as number] as number;
    }
    fillBlack(out, end, start + 3 * width);
  }
}

function fillBlack(out: Float32Array, from: number, to: number): void {
  const [red, green, blue] = normalised;
  for (let at = from; at < to; at += 3) {
    out[at] = red[0] as number;
    out[at + 1] = green[0] as number;
    out[at + 2] = blue[0] as number;
  }
}

function checkBatch(out: Float32Array, set: ImageSet, indices: ArrayLike<number>): void {
  const length = indices.length * set.height * set.width * 3;
  if (out.length !== length) {
    throw new UsageError({
      code: "BATCH_ARRAY_LENGTH",
      problem: `expected an array of ${length} values for ${indices.length} images, got ${out.length}`,
      fix: "allocate new Float32Array(indices.length * height * width * 3)",
    });
  }
  checkIndices(set, indices);
}

function checkIndices({ labels }: ImageSet, indices: ArrayLike<number>): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (!(Number.isInteger(index) && index >= 0 && index < labels.length)) {
      throw new UsageError({
        code: "IMAGE_INDEX_OUT_OF_RANGE",
        problem: `expected an integer index in 0 … ${labels.length - 1}, got ${index}`,
        fix: "use indices into this image set",
      });
    }
  }
}
