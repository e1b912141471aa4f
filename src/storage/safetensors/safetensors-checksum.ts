import { readSync } from "node:fs";
import { checksumOf, type Metadata, type TensorEntries } from "./safetensors-layout.ts";

/** Bytes read at once. */
const chunkLength = 1 << 20;

/** The checksum of an open file, whose tensors begin at `dataStart`; its size costs no memory. */
export function fileChecksum(
  descriptor: number,
  dataStart: number,
  metadata: Metadata,
  entries: TensorEntries,
): string {
  const hash = checksumOf(metadata, entries);
  const chunk = Buffer.alloc(chunkLength);
  for (let place = dataStart; ; ) {
    const length = readSync(descriptor, chunk, 0, chunkLength, place);
    if (length === 0) return hash.digest("hex");
    hash.update(chunk.subarray(0, length));
    place += length;
  }
}
