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
 * Writes a safetensors file in parts, in any order. The file appears under its name only when it is complete.
 *
 * @example
 * const writer = new SafetensorsWriter("features.safetensors", { features: { dtype: "F32", shape: [2, 3] } }, {});
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
   * @param file - path in an existing folder.
   * @param tensors - type and shape by name, in file order.
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
    this.#descriptor = this.#translated(() => {
      removeOrphans(file);
      return openSync(this.#unfinished, "wx+");
    });
    try {
      this.#dataStart = this.#writeHeader(unknownChecksum);
      const length = Math.max(0, ...Object.values(this.#entries).map(({ data_offsets: [, end] }) => end));
      this.#translated(() => ftruncateSync(this.#open(), this.#dataStart + length));
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** Runs a file operation and translates system errors. */
  #translated<Result>(work: () => Result): Result {
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

  #writeAt(position: number, bytes: Uint8Array): void {
    this.#translated(() => {
      for (let done = 0; done < bytes.length; )
        done += writeSync(this.#open(), bytes, done, bytes.length - done, position + done);
    });
  }

  /** Writes values of a tensor, starting at the given element; values of an F16 tensor are rounded. */
  write(name: string, element: number, values: Float32Array | Int32Array): void {
    const entry = this.#entries[name];
    const stored = entry?.dtype === "F16" ? toHalf(values) : values;
    const from = (entry?.data_offsets[0] ?? 0) + element * stored.BYTES_PER_ELEMENT;
    if (entry === undefined || from + stored.byteLength > entry.data_offsets[1])
      throw new Error(`internal: ${values.length} values from ${element} are outside ${name}`);
    this.#writeAt(
      this.#dataStart + from,
      new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength),
    );
  }

  /** Adds the checksum and renames the file; values that were not written are zero. */
  finish(): void {
    const descriptor = this.#open();
    this.#writeHeader(fileChecksum(descriptor, this.#dataStart, this.#metadata, this.#entries));
    this.#translated(() => {
      fsyncSync(descriptor);
      renameSync(this.#unfinished, this.#file);
    });
    this.#descriptor = null;
    closeSync(descriptor);
    syncFolder(dirname(this.#file));
  }

  /** Removes the unfinished file; does nothing after `finish`. */
  abandon(): void {
    if (this.#descriptor === null) return;
    closeSync(this.#descriptor);
    this.#descriptor = null;
    rmSync(this.#unfinished, { force: true });
  }
}
