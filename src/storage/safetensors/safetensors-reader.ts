import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { FailureError } from "../../errors.ts";
import { fromHalf } from "./half-precision.ts";
import { fileChecksum } from "./safetensors-checksum.ts";
import {
  checkLayout,
  confirmChecksum,
  type Header,
  type Metadata,
  parseHeader,
  sizeOf,
} from "./safetensors-layout.ts";

/** Fills a buffer from a place of the file on. */
function readFrom(descriptor: number, place: number, bytes: Buffer): Buffer {
  for (let done = 0; done < bytes.length; ) {
    const length = readSync(descriptor, bytes, done, bytes.length - done, place + done);
    if (length === 0) throw new Error("it ends too early");
    done += length;
  }
  return bytes;
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
      const { metadata, entries } = header;
      confirmChecksum(header, fileChecksum(this.#descriptor, dataStart, metadata, entries));
      this.#header = header;
      this.#dataStart = dataStart;
      this.metadata = metadata;
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

  /** Reads values of a tensor in single or half precision from the given one of its elements on. */
  read(name: string, element: number, length: number): Float32Array {
    const entry = this.#header.entries[name];
    const values = entry?.dtype === "F16" ? new Uint16Array(length) : new Float32Array(length);
    const from = (entry?.data_offsets[0] ?? 0) + values.BYTES_PER_ELEMENT * element;
    if (entry === undefined || entry.dtype === "I32" || from + values.byteLength > entry.data_offsets[1])
      throw new Error(`internal: ${length} values from ${element} lie outside ${name}`);
    readFrom(this.#descriptor, this.#dataStart + from, Buffer.from(values.buffer));
    return values instanceof Uint16Array ? fromHalf(values) : values;
  }

  /** Values of a whole tensor in single or half precision. */
  readAll(name: string): Float32Array {
    return this.read(name, 0, sizeOf(this.shape(name) ?? [0]));
  }

  /** The int32 tensor `labels`; empty where there is none. */
  readLabels(): Int32Array {
    const entry = this.#header.entries.labels;
    const labels = new Int32Array(entry?.dtype === "I32" ? sizeOf(entry.shape) : 0);
    const from = entry?.data_offsets[0] ?? 0;
    readFrom(this.#descriptor, this.#dataStart + from, Buffer.from(labels.buffer));
    return labels;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
