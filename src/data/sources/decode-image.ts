import sharp from "sharp";
import { FailureError } from "../../errors.ts";
import type { OnProgress } from "../progress.ts";
import { cmykToRgb } from "./cmyk.ts";
import type { FileTree } from "./file-tree.ts";
import { isPicture, isWholePicture } from "./whole-picture.ts";

/** Height and width of every image that the kit packs. */
export const imageSize = 32;
/** Bytes of one 32 × 32 RGB image. */
export const imageBytes = imageSize * imageSize * 3;
/** Limit on the pixels of a decoded picture (48 MB), against decompression bombs. */
const pixelLimit = 2 ** 24;
/** Number of images decoded concurrently; sharp's thread pool has four threads. */
const batchSize = 64;

/** Decodes the stored values, ignoring colour profiles as Pillow, torchvision and the published code do. */
async function storedPixels(bytes: Uint8Array) {
  const image = sharp(bytes, { failOn: "warning", limitInputPixels: pixelLimit, ignoreIcc: true });
  const { space } = await image.metadata();
  if (space === "cmyk") {
    const inks = image.pipelineColourspace("cmyk").toColourspace("cmyk").raw({ depth: "uchar" });
    const { data, info } = await inks.toBuffer({ resolveWithObject: true });
    return { data: cmykToRgb(data), info };
  }
  return image
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
}

/**
 * Decodes one JPEG or PNG to 32 × 32 RGB.
 *
 * @param bytes - the encoded image.
 * @param name - its path, for errors.
 * @returns `[32, 32, 3]`, row-major, 0 … 255; grey becomes three equal channels, CMYK is converted as in Pillow, alpha is dropped.
 * @throws {FailureError} if the image is damaged or has the wrong size.
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const damaged = (reason: string, cause?: unknown) =>
    new FailureError(
      {
        code: "IMAGE_DAMAGED",
        problem: `${name} is not a complete JPEG or PNG: ${reason}`,
        fix: "replace this file, or unpack the archive again",
      },
      { cause },
    );
  const encoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // The decoder accepts more formats, such as SVG, but no published data set uses them.
  if (!isPicture(encoded)) throw damaged(bytes.length === 0 ? "it is empty" : "it is another kind of file");
  if (!isWholePicture(encoded)) throw damaged("it is truncated");
  const { data, info } = await storedPixels(bytes).catch((cause: Error) => {
    throw damaged(cause.message.replaceAll(/\s+/g, " ").trim(), cause);
  });
  if (info.width !== imageSize || info.height !== imageSize) {
    throw new FailureError({
      code: "IMAGE_SIZE",
      problem: `expected ${imageSize} × ${imageSize} pixels in ${name}, got ${info.width} × ${info.height}`,
      fix: "resize the images first, or point --from at the right folder",
    });
  }
  return data;
}

/**
 * Decodes images of a tree, in the order of `paths`, to `[count, 32, 32, 3]`.
 *
 * @throws the signal's reason if the signal is aborted.
 */
export async function decodeImages(
  tree: FileTree,
  paths: readonly string[],
  onImage: (count: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const pixels = new Uint8Array(paths.length * imageBytes);
  for (let start = 0; start < paths.length; start += batchSize) {
    signal?.throwIfAborted();
    const batch = paths.slice(start, start + batchSize);
    await Promise.all(
      batch.map(async (path, i) => {
        pixels.set(await decodeImage(await tree.read(path), path), (start + i) * imageBytes);
      }),
    );
    onImage(batch.length);
  }
  return pixels;
}

/** Returns a function that counts the decoded images of all splits and reports the progress. */
export function decodeCounter(total: number, onProgress?: OnProgress): (count: number) => void {
  let done = 0;
  return (count) => {
    done += count;
    onProgress?.({ step: "decode", done, total, unit: "images" });
  };
}
