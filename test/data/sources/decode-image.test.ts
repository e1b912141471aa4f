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

test("decodeImage: a CMYK JPEG becomes the colours of its inks, without a profile in between", async (t) => {
  const cmyk = await pattern().toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
  t.is((await sharp(cmyk).metadata()).channels, 4);
  const inks = await sharp(cmyk).pipelineColourspace("cmyk").toColourspace("cmyk").raw().toBuffer();
  t.is(inks.length, 4096);
  t.deepEqual([...(await decodeImage(cmyk, "cmyk.jpg"))], [...cmykToRgb(inks)]);
});

const refused: readonly [what: string, bytes: () => Promise<Buffer>, got: RegExp][] = [
  ["an empty file", async () => Buffer.alloc(0), /^picture must be a whole JPEG or PNG, got an empty file;/],
  ["a text", async () => Buffer.from("<html>404</html>"), /got another kind of file;/],
  ["a drawing (SVG)", async () => Buffer.from(svg), /got another kind of file;/],
  ["a GIF", () => pattern().gif().toBuffer(), /got another kind of file;/],
  ["a WebP", () => pattern().webp().toBuffer(), /got another kind of file;/],
  [
    "the first bytes of a JPEG",
    async () => Buffer.from("ffd8ffe0", "hex"),
    /must be a whole JPEG or PNG, got /,
  ],
  ["half a JPEG", async () => halfOf(await pattern().jpeg().toBuffer()), /must be a whole JPEG or PNG, got /],
  ["half a PNG", async () => halfOf(await patternPng(1)), /must be a whole JPEG or PNG, got /],
  ["another size", () => patternPng(1, 33), /must measure 32 × 32 pixels, got 33 × 33; resize/],
  [
    "17 million pixels in 20 kB",
    () => black(4100),
    /must be a whole JPEG or PNG, got Input image exceeds pixel limit;/,
  ],
  ["a million pixels in 2 kB", () => black(1000), /must measure 32 × 32 pixels, got 1000 × 1000;/],
];
const halfOf = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

for (const [what, bytes, message] of refused) {
  test(`decodeImage: ${what} is refused in one line`, async (t) => {
    const encoded = await bytes();
    t.true(encoded.length < 20_000);
    const error = await t.throwsAsync(decodeImage(encoded, "picture"), { name: "FailureError", message });
    t.notRegex(error?.message ?? "", /\n/);
  });
}

for (const [kind, encode] of [
  ["PNG", () => patternPng(1)],
  ["JPEG", () => pattern().jpeg({ quality: 75 }).toBuffer()],
  ["progressive JPEG", () => pattern().jpeg({ progressive: true }).toBuffer()],
  ["grey JPEG", () => pattern().greyscale().jpeg().toBuffer()],
] as const) {
  test(`decodeImage: a ${kind} without its last byte, or more, is refused; what follows its end does no harm`, async (t) => {
    const whole = await encode();
    const pixels = await decodeImage(whole, "whole");
    t.deepEqual(await decodeImage(Buffer.concat([whole, Buffer.alloc(9)]), "longer"), pixels);
    for (let missing = 1; missing <= 40; missing++)
      await t.throwsAsync(decodeImage(whole.subarray(0, whole.length - missing), "cut"), {
        name: "FailureError",
      });
  });
}

test("decodeImage: a colour profile changes no pixel", async (t) => {
  const profiled = await pattern().withIccProfile("p3", { attach: true }).png().toBuffer();
  t.true(((await sharp(profiled).metadata()).icc?.length ?? 0) > 100);
  const applied = await sharp(profiled).removeAlpha().toColourspace("srgb").raw().toBuffer();
  const stored = await sharp(profiled, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
  t.notDeepEqual(applied, stored);
  t.deepEqual(Buffer.from(await decodeImage(profiled, "profiled")), stored);
});
