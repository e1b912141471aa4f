import { FailureError } from "../../../errors.ts";
import { imageBytes } from "../decode-image.ts";
import type { Batch, CifarFormat } from "./format.ts";
import { interleave } from "./planes.ts";

/**
 * Reads one of CIFAR's binary files: records of label bytes and 3,072 pixel bytes, red plane, green plane, blue plane.
 *
 * @param bytes - the whole file.
 * @param file - its path, for errors.
 * @param count - required number of images.
 * @throws {FailureError} if the file has the wrong length.
 * @source www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
 */
export function readBinaryBatch(
  bytes: Uint8Array,
  file: string,
  count: number,
  { labelBytes }: Pick<CifarFormat, "labelBytes">,
): Batch {
  const recordBytes = labelBytes + imageBytes;
  if (bytes.length !== count * recordBytes) {
    throw new FailureError({
      code: "BATCH_LENGTH",
      problem: `expected ${count * recordBytes} bytes in ${file}, got ${bytes.length}`,
      fix: "replace this file, or unpack the archive again",
    });
  }
  const labels = new Int32Array(count);
  const pixels = new Uint8Array(count * imageBytes);
  for (let i = 0; i < count; i++) {
    const start = i * recordBytes + labelBytes;
    labels[i] = bytes[start - 1] as number;
    interleave(pixels, i * imageBytes, bytes, start);
  }
  return { file, labels, pixels };
}

/** Reads the class names from a binary version's text file, one per line. */
export const readBinaryNames = (bytes: Uint8Array): string[] =>
  Buffer.from(bytes)
    .toString("utf8")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
