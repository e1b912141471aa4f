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

/** Tensor of a file. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Named float32 tensors and metadata. */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Metadata;
}

/**
 * Encodes a safetensors file: header length (uint64), header (JSON), consecutive tensors.
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
  const tensors = Object.entries(entries).map(([name, { dtype, shape, data_offsets: range }]) => {
    if (dtype !== "F32") throw new Error(`${name} has type ${dtype}, not F32`);
    const values = new Float32Array(sizeOf(shape));
    Buffer.from(values.buffer).set(data.subarray(...range));
    return [name, { shape, values }] as const;
  });
  confirmChecksum(header, checksumOf(metadata, entries).update(data).digest("hex"));
  return { tensors: new Map(tensors), metadata };
}

/**
 * Decodes the output of `encodeSafetensors`.
 *
 * @param file - path of the file, for the message.
 * @throws {FailureError} if the bytes are damaged or incomplete.
 */
export function decodeSafetensors(bytes: Buffer, file: string): SafetensorsContent {
  try {
    return parse(bytes);
  } catch (cause) {
    throw new FailureError(
      {
        code: "WEIGHTS_DAMAGED",
        problem: `the weights file ${file} is damaged (safetensors): ${(cause as Error).message}`,
        fix: "delete the file and rerun the row with `h2t run`",
      },
      { cause },
    );
  }
}
