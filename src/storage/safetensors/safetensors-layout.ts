import { createHash, type Hash } from "node:crypto";
import { z } from "zod";

/** Element types that the kit stores, by their names in the format, and the bytes that an element takes. */
export const elementBytes = { F32: 4, I32: 4, F16: 2 } as const;
export type StoredDtype = keyof typeof elementBytes;

/** A tensor's entry in the header of a safetensors file. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Where its bytes begin and end, counted from the end of the header. */
  readonly data_offsets: readonly [number, number];
}
export type TensorEntries = Readonly<Record<string, TensorEntry>>;

/** Texts by name that a file carries beside its tensors. */
export type Metadata = Readonly<Record<string, string>>;

/** Entry of the metadata that holds the SHA-256 of everything else, so that a flipped bit is noticed. */
const checksumKey = "h2t.sha256";

/** Values of a tensor of a shape. */
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1);

/** The entries of tensors that lie one after another, in their order. */
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
 * Checks that tensors have types that the kit stores and lie one after another within the data.
 *
 * @param dataLength - bytes after the header.
 * @throws {Error} that names the tensor.
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

/** The checksum of a file, to which the bytes of the tensors must still be added. */
export function checksumOf(metadata: Metadata, entries: TensorEntries): Hash {
  return createHash("sha256").update(JSON.stringify([metadata, entries]));
}

/** Header length (uint64) and header (JSON): all that stands before the tensors; its length does not depend on the checksum. */
export function encodeHeader(metadata: Metadata, entries: TensorEntries, checksum: string): Buffer {
  const text = JSON.stringify({ __metadata__: { ...metadata, [checksumKey]: checksum }, ...entries });
  // Tensors begin at a multiple of eight bytes, as the format asks for.
  const unpadded = Buffer.byteLength(text);
  const header = Buffer.from(text + " ".repeat((8 - (unpadded % 8)) % 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header]);
}

/** What a header says. */
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
 * Reads the JSON of a header.
 *
 * @throws {Error} if it describes no tensors, or has a checksum but is not, byte for byte, as it was written.
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
  // Other white space would say the same: the checksum is over what is said.
  if (checksum !== undefined && !encodeHeader(metadata, entries, checksum).subarray(8).equals(json))
    throw new Error("its header is not as it was written");
  return { metadata, entries, checksum };
}

/**
 * Compares a header's checksum with that of the file.
 *
 * @throws {Error} if they differ, or there is none: were it optional, a flipped bit in its own name would switch it off.
 */
export function confirmChecksum({ checksum }: Header, found: string): void {
  if (checksum === undefined) throw new Error("it has no checksum");
  if (checksum !== found) throw new Error("its checksum does not match");
}
