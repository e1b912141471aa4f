import { createHash } from "node:crypto";
import { FailureError } from "../errors.ts";

/** A tensor as the file holds it. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Named float32 tensors and a text by name. */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Entry of the metadata that holds the SHA-256 of everything else, so that a flipped bit is noticed. */
const checksumKey = "h2t.sha256";

function checksum(metadata: Readonly<Record<string, string>>, entries: object, data: Buffer): string {
  return createHash("sha256")
    .update(JSON.stringify([metadata, entries]))
    .update(data)
    .digest("hex");
}

/**
 * The bytes of a safetensors file: header length (uint64), header (JSON), tensors one after another.
 *
 * @example encodeSafetensors({ tensors: new Map([["w", { shape: [1], values: Float32Array.of(1) }]]), metadata: {} });
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsContent): Buffer {
  let offset = 0;
  const entries = [...tensors].map(([name, { shape, values }]) => {
    const entry: HeaderEntry = { dtype: "F32", shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
    return [name, entry] as const;
  });
  const named = Object.fromEntries(entries);
  const data = Buffer.concat(
    [...tensors.values()].map(({ values }) =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
    ),
  );
  const text = JSON.stringify({
    __metadata__: { ...metadata, [checksumKey]: checksum(metadata, named, data) },
    ...named,
  });
  // Tensors begin at a multiple of eight bytes, as the format asks for.
  const unpadded = Buffer.byteLength(text);
  const header = Buffer.from(text + " ".repeat((8 - (unpadded % 8)) % 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, data]);
}

function parse(bytes: Buffer): SafetensorsContent {
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: stored = {}, ...entries } = JSON.parse(
    bytes.subarray(8, 8 + headerLength).toString("utf8"),
  ) as Record<string, HeaderEntry> & { __metadata__?: Record<string, string> };
  const data = bytes.subarray(8 + headerLength);
  let end = 0;
  const tensors = Object.entries(entries).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const size = shape.reduce((product, length) => product * length, 1);
      if (dtype !== "F32") throw new Error(`${name} has type ${dtype}, not F32`);
      if (from !== end || to - from !== 4 * size || to > data.length)
        throw new Error(`${name} has wrong bounds`);
      end = to;
      const values = new Float32Array(size);
      Buffer.from(values.buffer).set(data.subarray(from, to));
      return [name, { shape, values }] as const;
    },
  );
  const { [checksumKey]: expected, ...metadata } = stored;
  // Required, or a flipped bit in its own name would switch it off.
  if (expected === undefined) throw new Error("it has no checksum");
  if (expected !== checksum(metadata, entries, data)) throw new Error("its checksum does not match");
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
