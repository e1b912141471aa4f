import test from "ava";
import { normalisedBlack } from "../../../src/data/batches/batch.ts";
import { rotateImages } from "../../../src/data/batches/rotate.ts";
import type { RandomStream } from "../../../src/random.ts";
import { randomStream } from "../../../src/random.ts";

const size = { height: 4, width: 4 };
/** Images with the pixel number, 1 … 16, in the red channel. */
const numbered = (count: number) =>
  Float32Array.from({ length: count * 48 }, (_, i) => (i % 3 === 0 ? ((i / 3) % 16) + 1 : 0));
const red = (images: Float32Array) => images.filter((_, i) => i % 3 === 0);
const constantStream = (value: number) => ({ uniform: () => value }) as RandomStream;

test("rotation: a quarter turn counter-clockwise", (t) => {
  const images = numbered(1);
  rotateImages(images, size, 90, constantStream(1));
  t.deepEqual([...red(images)], [4, 8, 12, 16, 3, 7, 11, 15, 2, 6, 10, 14, 1, 5, 9, 13]);
});

test("rotation: 30 degrees give the same nearest pixels as Pillow, and black from outside", (t) => {
  const images = numbered(1);
  rotateImages(images, size, 30, constantStream(1));
  const black = normalisedBlack[0] as number;
  // Pillow 13: Image.fromarray(np.arange(1, 17, dtype=np.uint8).reshape(4, 4)).rotate(30), 0 where black.
  const rotated = [0, 3, 4, 0, 1, 6, 7, 12, 5, 10, 11, 16, 0, 13, 14, 0];
  t.deepEqual(
    [...red(images)],
    rotated.map((value) => (value === 0 ? black : value)),
  );
});

test("rotation: each image has its own angle within the limit, and a draw of ½ gives no rotation", (t) => {
  const images = numbered(2);
  rotateImages(images, size, 15, constantStream(0.5));
  t.deepEqual(images, numbered(2));
  const large = { height: 32, width: 32 };
  const two = new Float32Array(2 * 32 * 32 * 3).map((_, i) => i % (32 * 32 * 3));
  rotateImages(two, large, 15, randomStream(0, "rotation", 1, 0));
  t.notDeepEqual(two.subarray(0, 3072), two.subarray(3072));
});
