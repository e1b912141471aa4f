import test from "ava";
import sharp from "sharp";
import { cmykToRgb } from "../../../src/data/sources/cmyk.ts";
import { decodeImage } from "../../../src/data/sources/decode-image.ts";
import { patternPixels, patternPng } from "../../support/class-folders.ts";

const pattern = () => sharp(patternPixels(40), { raw: { width: 32, height: 32, channels: 3 } });
const black = (size: number) =>
  sharp(new Uint8Array(size * size), { raw: { width: size, height: size, channels: 1 } })
    .toColourspace("b-w")
    .png({ compressionLevel: 9 })
    .toBuffer();
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="9" height="9"/></svg>';

test("decodeImage: a greyscale JPEG becomes three equal channels", async (t) => {
  const grey = await sharp(new Uint8Array(1024).fill(77), { raw: { width: 32, height: 32, channels: 1 } })
    .toColourspace("b-w")
    .jpeg({ quality: 100 })
    .toBuffer();
  t.is((await sharp(grey).metadata()).channels, 1);
  t.deepEqual(await decodeImage(grey, "grey.jpg"), Buffer.alloc(3072, 77));
});

test("decodeImage: a CMYK JPEG is converted from its inks without a colour profile", async (t) => {
  const cmyk = await pattern().toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
  t.is((await sharp(cmyk).metadata()).channels, 4);
  const inks = await sharp(cmyk).pipelineColourspace("cmyk").toColourspace("cmyk").raw().toBuffer();
  t.is(inks.length, 4096);
  t.deepEqual([...(await decodeImage(cmyk, "cmyk.jpg"))], [...cmykToRgb(inks)]);
});

const rejected: readonly [what: string, bytes: () => Promise<Buffer>, code: string, detail: string][] = [
  ["an empty file", async () => Buffer.alloc(0), "IMAGE_DAMAGED", "empty"],
  ["a text", async () => Buffer.from("<html>404</html>"), "IMAGE_DAMAGED", "another kind of file"],
  ["a drawing (SVG)", async () => Buffer.from(svg), "IMAGE_DAMAGED", "another kind of file"],
  ["a GIF", () => pattern().gif().toBuffer(), "IMAGE_DAMAGED", "another kind of file"],
  ["a WebP", () => pattern().webp().toBuffer(), "IMAGE_DAMAGED", "another kind of file"],
  ["the first bytes of a JPEG", async () => Buffer.from("ffd8ffe0", "hex"), "IMAGE_DAMAGED", "truncated"],
  ["half a JPEG", async () => halfOf(await pattern().jpeg().toBuffer()), "IMAGE_DAMAGED", "truncated"],
  ["half a PNG", async () => halfOf(await patternPng(1)), "IMAGE_DAMAGED", "truncated"],
  ["another size", () => patternPng(1, 33), "IMAGE_SIZE", "33 × 33"],
  ["17 million pixels in 20 kB", () => black(4100), "IMAGE_DAMAGED", "exceeds pixel limit"],
  ["a million pixels in 2 kB", () => black(1000), "IMAGE_SIZE", "1000 × 1000"],
];
const halfOf = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

for (const [what, bytes, code, detail] of rejected) {
  test(`decodeImage: ${what} is rejected in one line`, async (t) => {
    const encoded = await bytes();
    t.true(encoded.length < 20_000);
    const error = await t.throwsAsync(decodeImage(encoded, "picture"), { name: "FailureError", code });
    for (const part of ["picture", detail]) t.true(error?.message.includes(part), error?.message);
    t.notRegex(error?.message ?? "", /\n/);
  });
}

for (const [kind, encode] of [
  ["PNG", () => patternPng(1)],
  ["JPEG", () => pattern().jpeg({ quality: 75 }).toBuffer()],
  ["progressive JPEG", () => pattern().jpeg({ progressive: true }).toBuffer()],
  ["grey JPEG", () => pattern().greyscale().jpeg().toBuffer()],
] as const) {
  test(`decodeImage: a ${kind} without up to 40 last bytes is rejected, and bytes after its end are ignored`, async (t) => {
    const whole = await encode();
    const pixels = await decodeImage(whole, "whole");
    t.deepEqual(await decodeImage(Buffer.concat([whole, Buffer.alloc(9)]), "longer"), pixels);
    for (let missing = 1; missing <= 40; missing++)
      await t.throwsAsync(decodeImage(whole.subarray(0, whole.length - missing), "cut"), {
        name: "FailureError",
      });
  });
}

test("decodeImage: a colour profile does not change any pixel", async (t) => {
  const profiled = await pattern().withIccProfile("p3", { attach: true }).png().toBuffer();
  t.true(((await sharp(profiled).metadata()).icc?.length ?? 0) > 100);
  const applied = await sharp(profiled).removeAlpha().toColourspace("srgb").raw().toBuffer();
  const stored = await sharp(profiled, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
  t.notDeepEqual(applied, stored);
  t.deepEqual(Buffer.from(await decodeImage(profiled, "profiled")), stored);
});
