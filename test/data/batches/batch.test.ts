import { createHash } from "node:crypto";
import test from "ava";
import { batchLabels, fillTestBatch, fillTrainingBatch } from "../../../src/data/batches/batch.ts";
import type { ImageSet } from "../../../src/data/image-set.ts";
import { randomStream } from "../../../src/random.ts";
import { patternPixels } from "../../support/class-folders.ts";

const imageLength = 32 * 32 * 3;
const set: ImageSet = {
  pixels: Uint8Array.from([...patternPixels(10), ...patternPixels(200)]),
  labels: Int32Array.of(3, 7),
  height: 32,
  width: 32,
  numClasses: 10,
};
const mean = [0.4914, 0.4822, 0.4465] as const;
const deviation = [0.2023, 0.1994, 0.201] as const;
const f = Math.fround;

/** The reference's arithmetic, in single precision: byte / 255, minus mean, over deviation. */
const normalise = (byte: number, c: 0 | 1 | 2) => f(f(f(byte / 255) - f(mean[c])) / f(deviation[c]));

test("fillTestBatch: normalises and keeps the position of every pixel", (t) => {
  const out = new Float32Array(2 * imageLength);
  fillTestBatch(out, set, [1, 0]);
  const at = (slot: number, y: number, x: number, c: 0 | 1 | 2) =>
    out[slot * imageLength + (y * 32 + x) * 3 + c];
  t.is(at(0, 5, 9, 0), normalise(72, 0));
  t.is(at(0, 5, 9, 1), normalise(40, 1));
  t.is(at(0, 5, 9, 2), normalise(200, 2));
  t.is(at(1, 31, 31, 2), normalise(10, 2));
});

test("fillTestBatch: all 768 values equal PyTorch's ToTensor and Normalize bit for bit", (t) => {
  const out = new Float32Array(imageLength);
  const ramp = Uint8Array.from({ length: imageLength }, (_, i) => Math.floor(i / 3) % 256);
  fillTestBatch(out, { ...set, pixels: ramp, labels: Int32Array.of(0) }, [0]);
  const byChannel = Float32Array.from(
    { length: 768 },
    (_, i) => out[3 * (i % 256) + Math.floor(i / 256)] as number,
  );
  // PyTorch 2.13: b = torch.arange(256, dtype=torch.uint8).float().div(255).repeat(3, 1);
  // hashlib.sha256(b.sub_(mean[:, None]).div_(std[:, None]).numpy().tobytes()), mean and std float32.
  const hash = createHash("sha256").update(new Uint8Array(byChannel.buffer)).digest("hex");
  t.is(hash, "7724f199fd719d61fc4ae466ffd420763f4b07274df1f5a8e5643bbfb7188043");
});

test("fillTrainingBatch: draws dy, dx and flip per image, in the order of the indices", (t) => {
  const indices = [1, 0, 1, 1, 0, 0, 1, 0];
  const out = new Float32Array(indices.length * imageLength);
  fillTrainingBatch(out, set, indices, randomStream(5, "augmentation", 2));
  const stream = randomStream(5, "augmentation", 2);
  const expected = indices.flatMap((index) => {
    const [dy, dx, flip] = [stream.integer(9), stream.integer(9), stream.integer(2)];
    return Array.from({ length: imageLength }, (_, i) => {
      const c = (i % 3) as 0 | 1 | 2;
      const x = Math.floor(i / 3) % 32;
      const row = Math.floor(i / 96) + dy - 4;
      const column = (flip === 1 ? 31 - x : x) + dx - 4;
      const inside = row >= 0 && row < 32 && column >= 0 && column < 32;
      return normalise(
        inside ? (set.pixels[index * imageLength + (row * 32 + column) * 3 + c] as number) : 0,
        c,
      );
    });
  });
  t.deepEqual(Array.from(out), expected);
});

test("fillTrainingBatch: every offset and both orientations are equally likely", (t) => {
  const stream = randomStream(0, "augmentation", 1);
  const one: ImageSet = { ...set, pixels: set.pixels.slice(0, imageLength), labels: Int32Array.of(0) };
  const out = new Float32Array(imageLength);
  const seen = new Map<string, number>();
  const draws = 16_200;
  const decode = (value: number, c: 0 | 1) => Math.round((value * deviation[c] + mean[c]) * 255) / 8;
  for (let i = 0; i < draws; i++) {
    fillTrainingBatch(out, one, [0], stream);
    const at = (16 * 32 + 16) * 3;
    const column = decode(out[at] as number, 0);
    const flipped = decode(out[at + 3] as number, 0) < column;
    const key = `${decode(out[at + 1] as number, 1)} ${flipped ? 31 - 16 - column : 16 - column} ${flipped}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  t.is(seen.size, 9 * 9 * 2);
  const expected = draws / 162;
  const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  t.true(
    chiSquare < 231,
    `chi-square with 161 degrees of freedom is ${chiSquare}; 231 is its 0.9998 quantile`,
  );
});

test("fillTrainingBatch: does not modify the images", (t) => {
  const before = set.pixels.slice();
  fillTrainingBatch(new Float32Array(imageLength), set, [0], randomStream(0, "augmentation", 1));
  t.deepEqual(set.pixels, before);
});

test("batchLabels: returns labels in the order of the indices, in a new array", (t) => {
  t.deepEqual(batchLabels(set, [1, 0, 1]), Int32Array.of(7, 3, 7));
  t.not(batchLabels(set, [0]).buffer, set.labels.buffer);
});

test("a batch: a wrong array length and indices out of range are rejected", (t) => {
  const room = t.throws(() => fillTestBatch(new Float32Array(5), set, [0]), { code: "BATCH_ARRAY_LENGTH" });
  t.regex(room?.message ?? "", /\b3072\b.*\b5\b/);
  for (const index of [2, 0.5, -1]) {
    const error = t.throws(() => batchLabels(set, [index]), { code: "IMAGE_INDEX_OUT_OF_RANGE" });
    t.true(error?.message.includes(`got ${index}`));
  }
});
