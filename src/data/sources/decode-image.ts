import sharp from "sharp";
import { FailureError } from "../../errors.ts";
import type { OnProgress } from "../progress.ts";
import { cmykToRgb } from "./cmyk.ts";
import type { FileTree } from "./file-tree.ts";
import { isPicture, isWholePicture } from "./whole-picture.ts";

/** Height and width of every image the kit packs so far. */
export const imageSize = 32;
/** Bytes of one 32 × 32 RGB image. */
export const imageBytes = imageSize * imageSize * 3;
/** Refuses to decode a picture that only pretends to be a thumbnail: 16 million pixels are 48 MB. */
const pixelLimit = 2 ** 24;
/** Images decoded at once; sharp's own thread pool has four threads. */
const batchSize = 64;

/** Values as the file stores them, like Pillow's, torchvision's and the published code's: embedded profiles change nothing. */
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
 * @returns `[32, 32, 3]`, row-major, 0 … 255; grey becomes three equal channels, CMYK is converted as Pillow does, alpha is dropped.
 * @throws {FailureError} if the image is damaged or has another size.
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const wrong = (got: string, cause?: unknown) =>
    new FailureError(
      {
        rule: `${name} must be a whole JPEG or PNG`,
        got,
        remedy: "replace this file, or unpack the archive again",
      },
      { cause },
    );
  const encoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // The decoder takes more, SVG among them; a data set of those is none that was published.
  if (!isPicture(encoded)) throw wrong(bytes.length === 0 ? "an empty file" : "another kind of file");
  if (!isWholePicture(encoded)) throw wrong("a file that was cut off");
  const { data, info } = await storedPixels(bytes).catch((cause: Error) => {
    throw wrong(cause.message.replaceAll(/\s+/g, " ").trim(), cause);
  });
  if (info.width !== imageSize || info.height !== imageSize) {
    throw new FailureError({
      rule: `${name} must measure ${imageSize} × ${imageSize} pixels`,
      got: `${info.width} × ${info.height}`,
      remedy: "resize the images first, or point --from at the right folder",
    });
  }
  return data;
}

/**
 * Decodes many images of a tree, in the order of `paths`, to `[count, 32, 32, 3]`.
 *
 * @throws the signal's reason, when it was aborted.
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

/** Counts decoded images of several splits into one progress. */
export function decodeCounter(total: number, onProgress?: OnProgress): (count: number) => void {
  let done = 0;
  return (count) => {
    done += count;
    onProgress?.({ step: "decode", done, total, unit: "images" });
  };
}
