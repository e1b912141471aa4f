import { closeSync, fsyncSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "../store-file.ts";
import { systemFailure } from "../system-failure.ts";
import { removeOrphans, unfinishedName } from "../unfinished-files.ts";
import { toHalf } from "./half-precision.ts";
import { fileChecksum } from "./safetensors-checksum.ts";
import {
  encodeHeader,
  layOut,
  type Metadata,
  type StoredDtype,
  type TensorEntries,
} from "./safetensors-layout.ts";

const unknownChecksum = "0".repeat(64);

/**
 * Writes a safetensors file in parts, in any order; it appears whole, under its name, or not at all.
 *
 * @example
 * const writer = new SafetensorsWriter("bank.safetensors", { features: { dtype: "F32", shape: [2, 3] } }, {});
 * writer.write("features", 3, Float32Array.of(4, 5, 6));
 * writer.write("features", 0, Float32Array.of(1, 2, 3));
 * writer.finish();
 */
export class SafetensorsWriter {
  readonly #file: string;
  readonly #unfinished: string;
  readonly #metadata: Metadata;
  readonly #entries: TensorEntries;
  readonly #dataStart: number;
  #descriptor: number | null;

  /**
   * @param file - its folder must exist.
   * @param tensors - type and shape by name, in the order of the file.
   */
  constructor(
    file: string,
    tensors: Readonly<Record<string, { readonly dtype: StoredDtype; readonly shape: readonly number[] }>>,
    metadata: Metadata,
  ) {
    this.#file = file;
    this.#unfinished = unfinishedName(file);
    this.#metadata = metadata;
    this.#entries = layOut(
      Object.entries(tensors).map(([name, { dtype, shape }]) => [name, dtype, shape] as const),
    );
    this.#descriptor = this.#tried(() => {
      removeOrphans(file);
      return openSync(this.#unfinished, "wx+");
    });
    try {
      this.#dataStart = this.#writeHeader(unknownChecksum);
      const length = Math.max(0, ...Object.values(this.#entries).map(({ data_offsets: [, end] }) => end));
      this.#tried(() => ftruncateSync(this.#open(), this.#dataStart + length));
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** Explains what the system refuses. */
  #tried<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw systemFailure(error, this.#file) ?? error;
    }
  }

  #open(): number {
    if (this.#descriptor === null) throw new Error("internal: the file was finished or abandoned");
    return this.#descriptor;
  }

  #writeHeader(checksum: string): number {
    const header = encodeHeader(this.#metadata, this.#entries, checksum);
    this.#writeAt(0, header);
    return header.length;
  }

  #writeAt(place: number, bytes: Uint8Array): void {
    this.#tried(() => {
      for (let done = 0; done < bytes.length; )
        done += writeSync(this.#open(), bytes, done, bytes.length - done, place + done);
    });
  }

  /** Writes values of a tensor from the given one of its elements on; those of an F16 tensor are rounded. */
  write(name: string, element: number, values: Float32Array | Int32Array): void {
    const entry = this.#entries[name];
    const stored = entry?.dtype === "F16" ? toHalf(values) : values;
    const from = (entry?.data_offsets[0] ?? 0) + element * stored.BYTES_PER_ELEMENT;
    if (entry === undefined || from + stored.byteLength > entry.data_offsets[1])
      throw new Error(`internal: ${values.length} values from ${element} lie outside ${name}`);
    this.#writeAt(
      this.#dataStart + from,
      new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength),
    );
  }

  /** Adds the checksum and gives the file its name; what was not written is zero. */
  finish(): void {
    const descriptor = this.#open();
    this.#writeHeader(fileChecksum(descriptor, this.#dataStart, this.#metadata, this.#entries));
    this.#tried(() => {
      fsyncSync(descriptor);
      renameSync(this.#unfinished, this.#file);
    });
    this.#descriptor = null;
    closeSync(descriptor);
    syncFolder(dirname(this.#file));
  }

  /** Removes what was written; nothing happens after `finish`. */
  abandon(): void {
    if (this.#descriptor === null) return;
    closeSync(this.#descriptor);
    this.#descriptor = null;
    rmSync(this.#unfinished, { force: true });
  }
}
