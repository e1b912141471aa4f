import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { FailureError } from "../errors.ts";
import {
  checkLayout,
  checksumOf,
  confirmChecksum,
  type Header,
  type Metadata,
  parseHeader,
} from "./safetensors-layout.ts";

/** Bytes read at once for the checksum. */
const chunkLength = 1 << 20;

/** Reads bytes from a place on; fewer only at the end of the file. */
function readFrom(descriptor: number, place: number, bytes: Buffer): Buffer {
  let done = 0;
  while (done < bytes.length) {
    const length = readSync(descriptor, bytes, done, bytes.length - done, place + done);
    if (length === 0) break;
    done += length;
  }
  return bytes.subarray(0, done);
}

function readHeader(descriptor: number): { header: Header; dataStart: number } {
  const length = readFrom(descriptor, 0, Buffer.alloc(8)).readBigUInt64LE(0);
  const total = fstatSync(descriptor).size;
  if (length > BigInt(total)) throw new Error("it ends too early");
  const dataStart = 8 + Number(length);
  const header = parseHeader(readFrom(descriptor, 8, Buffer.alloc(Number(length))));
  checkLayout(header.entries, total - dataStart);
  return { header, dataStart };
}

function dataChecksum(descriptor: number, { metadata, entries }: Header, dataStart: number): string {
  const hash = checksumOf(metadata, entries);
  const chunk = Buffer.alloc(chunkLength);
  for (let place = dataStart; ; ) {
    const read = readFrom(descriptor, place, chunk);
    if (read.length === 0) return hash.digest("hex");
    hash.update(read);
    place += read.length;
  }
}

/** A safetensors file that was found whole and is read in parts, so that its size costs no memory. */
export class SafetensorsReader {
  readonly metadata: Metadata;
  readonly #descriptor: number;
  readonly #header: Header;
  readonly #dataStart: number;

  /**
   * Opens a file and compares its checksum.
   *
   * @throws {FailureError} if it is damaged.
   */
  constructor(file: string) {
    this.#descriptor = openSync(file, "r");
    try {
      const { header, dataStart } = readHeader(this.#descriptor);
      confirmChecksum(header, dataChecksum(this.#descriptor, header, dataStart));
      this.#header = header;
      this.#dataStart = dataStart;
      this.metadata = header.metadata;
    } catch (cause) {
      closeSync(this.#descriptor);
      throw new FailureError(
        {
          rule: "a stored file must be whole, as it was written (safetensors)",
          got: `${file}: ${(cause as Error).message}`,
          remedy: "delete it; the same command computes it again",
        },
        { cause },
      );
    }
  }

  /** Shape of a tensor; undefined if the file has none of that name. */
  shape(name: string): readonly number[] | undefined {
    return this.#header.entries[name]?.shape;
  }

  /** Reads float32 values of a tensor from the given one of its elements on. */
  read(name: string, element: number, length: number): Float32Array {
    const entry = this.#header.entries[name];
    const values = new Float32Array(length);
    const from = (entry?.data_offsets[0] ?? 0) + 4 * element;
    if (entry?.dtype !== "F32" || from + values.byteLength > entry.data_offsets[1])
      throw new Error(`internal: ${length} values from ${element} lie outside ${name}`);
    readFrom(this.#descriptor, this.#dataStart + from, Buffer.from(values.buffer));
    return values;
  }

  /** Float32 values of a whole tensor. */
  readAll(name: string): Float32Array {
    const [from, to] = this.#header.entries[name]?.data_offsets ?? [0, 0];
    return this.read(name, 0, (to - from) / 4);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
