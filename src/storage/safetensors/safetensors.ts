import { FailureError } from "../../errors.ts";
import {
  checkLayout,
  checksumOf,
  confirmChecksum,
  encodeHeader,
  layOut,
  type Metadata,
  parseHeader,
  sizeOf,
} from "./safetensors-layout.ts";

/** A tensor as the file holds it. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Named float32 tensors and a text by name. */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Metadata;
}

/**
 * The bytes of a safetensors file: header length (uint64), header (JSON), tensors one after another.
 *
 * @example encodeSafetensors({ tensors: new Map([["w", { shape: [1], values: Float32Array.of(1) }]]), metadata: {} });
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsContent): Buffer {
  const entries = layOut([...tensors].map(([name, { shape }]) => [name, "F32", shape] as const));
  const data = Buffer.concat(
    [...tensors.values()].map(({ values }) =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
    ),
  );
  const checksum = checksumOf(metadata, entries).update(data).digest("hex");
  return Buffer.concat([encodeHeader(metadata, entries, checksum), data]);
}

function parse(bytes: Buffer): SafetensorsContent {
  if (bytes.length < 8 || bytes.readBigUInt64LE(0) > bytes.length - 8) throw new Error("it ends too early");
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = parseHeader(bytes.subarray(8, 8 + headerLength));
  const { metadata, entries } = header;
  const data = bytes.subarray(8 + headerLength);
  checkLayout(entries, data.length);
  const tensors = Object.entries(entries).map(([name, { dtype, shape, data_offsets: place }]) => {
    if (dtype !== "F32") throw new Error(`${name} has type ${dtype}, not F32`);
    const values = new Float32Array(sizeOf(shape));
    Buffer.from(values.buffer).set(data.subarray(...place));
    return [name, { shape, values }] as const;
  });
  confirmChecksum(header, checksumOf(metadata, entries).update(data).digest("hex"));
  return { tensors: new Map(tensors), metadata };
}

/**
 * Reads what `encodeSafetensors` wrote.
 *
 * @param file - its path, for the message.
 * @throws {FailureError} if the bytes are not such a file, or not all that was written.
 */
export function decodeSafetensors(bytes: Buffer, file: string): SafetensorsContent {
  try {
    return parse(bytes);
  } catch (cause) {
    throw new FailureError(
      {
        rule: "a weights file must be whole and hold float32 tensors (safetensors)",
        got: `${file}: ${(cause as Error).message}`,
        remedy: "delete it and run the row again with `h2t run`",
      },
      { cause },
    );
  }
}
