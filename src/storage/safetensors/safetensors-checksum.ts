import { readSync } from "node:fs";
import { checksumOf, type Metadata, type TensorEntries } from "./safetensors-layout.ts";

/** Bytes per read. */
const chunkLength = 1 << 20;

/** Computes the checksum of an open file whose tensors start at `dataStart`, in constant memory. */
export function fileChecksum(
  descriptor: number,
  dataStart: number,
  metadata: Metadata,
  entries: TensorEntries,
): string {
  const hash = checksumOf(metadata, entries);
  const chunk = Buffer.alloc(chunkLength);
  for (let position = dataStart; ; ) {
    const length = readSync(descriptor, chunk, 0, chunkLength, position);
    if (length === 0) return hash.digest("hex");
    hash.update(chunk.subarray(0, length));
    position += length;
  }
}
