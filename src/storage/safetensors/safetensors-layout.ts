import { createHash, type Hash } from "node:crypto";
import { z } from "zod";

/** Bytes per element of each supported type, by the type's name in the format. */
export const elementBytes = { F32: 4, I32: 4, F16: 2 } as const;
export type StoredDtype = keyof typeof elementBytes;

/** Entry of a tensor in the header of a safetensors file. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Start and end of the tensor's bytes, counted from the end of the header. */
  readonly data_offsets: readonly [number, number];
}
export type TensorEntries = Readonly<Record<string, TensorEntry>>;

/** Named texts in the header of a file. */
export type Metadata = Readonly<Record<string, string>>;

/** Metadata entry with the SHA-256 of everything else, which detects flipped bits. */
const checksumKey = "h2t.sha256";

/** Computes the number of values of a tensor. */
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1);

/** Computes the entries of consecutive tensors. */
export function layOut(
  tensors: Iterable<readonly [name: string, dtype: StoredDtype, shape: readonly number[]]>,
): TensorEntries {
  let offset = 0;
  const entries: Record<string, TensorEntry> = {};
  for (const [name, dtype, shape] of tensors) {
    const end = offset + elementBytes[dtype] * sizeOf(shape);
    entries[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  return entries;
}

/**
 * Checks that tensors have supported types and are stored consecutively within the data.
 *
 * @param dataLength - bytes after the header.
 * @throws {Error} if a tensor does not; the message names it.
 */
export function checkLayout(entries: TensorEntries, dataLength: number): void {
  let end = 0;
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(entries)) {
    const bytes: number | undefined = elementBytes[dtype as StoredDtype];
    if (bytes === undefined)
      throw new Error(`${name} has type ${dtype}, not ${Object.keys(elementBytes).join(" or ")}`);
    const [from, to] = offsets;
    if (from !== end || to - from !== bytes * sizeOf(shape) || to > dataLength)
      throw new Error(`${name} has wrong bounds`);
    end = to;
  }
}

/** Starts the checksum of a file; the bytes of the tensors must still be added. */
export function checksumOf(metadata: Metadata, entries: TensorEntries): Hash {
  return createHash("sha256").update(JSON.stringify([metadata, entries]));
}

/** Encodes header length (uint64) and header (JSON), which precede the tensors. The length does not depend on the checksum. */
export function encodeHeader(metadata: Metadata, entries: TensorEntries, checksum: string): Buffer {
  const text = JSON.stringify({ __metadata__: { ...metadata, [checksumKey]: checksum }, ...entries });
  // Tensors start at a multiple of eight bytes, as the format requires.
  const unpadded = Buffer.byteLength(text);
  const header = Buffer.from(text + " ".repeat((8 - (unpadded % 8)) % 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header]);
}

/** Content of a header. */
export interface Header {
  readonly metadata: Metadata;
  readonly entries: TensorEntries;
  readonly checksum: string | undefined;
}

const offset = z.int().min(0);
const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).default({}) })
  .catchall(z.object({ dtype: z.string(), shape: z.array(offset), data_offsets: z.tuple([offset, offset]) }));

/**
 * Parses the JSON of a header.
 *
 * @throws {Error} if it describes no tensors, or has a checksum but differs from the encoder's output in any byte.
 */
export function parseHeader(json: Buffer): Header {
  let content: unknown;
  try {
    content = JSON.parse(json.toString("utf8"));
  } catch (cause) {
    throw new Error("its header is not JSON", { cause });
  }
  const parsed = headerSchema.safeParse(content);
  if (!parsed.success) throw new Error("its header describes no tensors", { cause: parsed.error });
  const { __metadata__: stored, ...entries } = parsed.data;
  const { [checksumKey]: checksum, ...metadata } = stored;
  // The checksum covers the content, so it would not detect different white space.
  if (checksum !== undefined && !encodeHeader(metadata, entries, checksum).subarray(8).equals(json))
    throw new Error("its header is not as it was written");
  return { metadata, entries, checksum };
}

/**
 * Compares a header's checksum with that of the file.
 *
 * The checksum is mandatory; otherwise a flipped bit in its name would disable the check.
 *
 * @throws {Error} if they differ or the header has none.
 */
export function confirmChecksum({ checksum }: Header, found: string): void {
  if (checksum === undefined) throw new Error("it has no checksum");
  if (checksum !== found) throw new Error("its checksum does not match");
}
