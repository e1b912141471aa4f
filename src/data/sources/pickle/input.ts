import { constants, isUtf8 } from "node:buffer";
import { FailureError } from "../../../errors.ts";

/** Quotes untrusted text in an error: at most 80 printable characters on one line. */
const quote = (text: string) => text.slice(0, 80).replaceAll(/[^\x20-\x7e]/g, "?");

/** Reads the bytes of a pickle from front to back, and creates errors that name the position. */
export class PickleInput {
  readonly #source: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #next = 0;
  #opcodeAt = 0;
  #copied = 0;

  /** @param source - the file's name, for errors. */
  constructor(bytes: Uint8Array, source: string) {
    this.#source = source;
    // Views of a Buffer are Buffers; this ensures that callers get plain Uint8Arrays.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Reads the next opcode; errors name its position until the next call. */
  opcode(): number {
    this.#opcodeAt = this.#next;
    return this.unsigned(1);
  }

  /** Reads bytes as a view, without copying. */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** Reads an unsigned little-endian integer. An integer of 8 bytes is a length, so rounding is harmless. */
  unsigned(width: 1 | 2 | 4 | 8): number {
    const start = this.#advance(width);
    if (width === 1) return this.#view.getUint8(start);
    if (width === 2) return this.#view.getUint16(start, true);
    if (width === 4) return this.#view.getUint32(start, true);
    return Number(this.#view.getBigUint64(start, true));
  }

  /** Reads a signed little-endian integer of 4 bytes. */
  signed(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  /** Reads a double, the only big-endian number in pickles. */
  double(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  /** Reads Python's long: its length, then its bytes, little-endian, in two's complement. */
  long(): number {
    const bytes = this.take(this.unsigned(1));
    const digits = bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
    const value = Number(BigInt.asIntN(8 * bytes.length, digits));
    if (!Number.isSafeInteger(value)) throw this.unsupported("an integer beyond ±2^53");
    return value;
  }

  /** Reads UTF-8 text of a length in bytes. */
  text(length: number): string {
    const bytes = this.take(length);
    if (length > constants.MAX_STRING_LENGTH) throw this.unsupported(`a text of ${length} bytes`);
    if (!isUtf8(bytes)) throw this.damaged("text is not UTF-8");
    return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString("utf8");
  }

  /** Reads text up to the next line feed, and skips that. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#next);
    if (end < 0) throw this.damaged("the file ends in a name");
    const text = this.text(end - this.#next);
    this.#advance(1);
    return text;
  }

  /** Reads and checks a frame's length; frames only matter to programs that read from a pipe. */
  frame(): void {
    if (this.unsigned(8) > this.#bytes.length - this.#next) throw this.damaged("the file ends in a frame");
  }

  /**
   * Counts the bytes copied from the file, and limits them.
   *
   * A small hostile file can request copies of the same bytes many times. A regular file needs at most two copies of each
   * byte, one for text that encodes bytes (protocol 2) and one for the alignment of numbers.
   */
  countCopy(length: number): void {
    this.#copied += length;
    if (this.#copied > 2 * this.#bytes.length) throw this.unsupported("the same data many times over");
  }

  /** Creates the error for a file that is not a valid pickle. */
  damaged(what: string): FailureError {
    return new FailureError({
      code: "PICKLE_DAMAGED",
      problem: `${this.#source} is a damaged pickle: ${what}, at byte ${this.#opcodeAt}`,
      fix: "download it again",
    });
  }

  /** Creates the error for a possibly harmful operation, such as a call; `does` is a verb and its object. */
  forbidden(does: string, fix = "use the published archive"): FailureError {
    return new FailureError({
      code: "PICKLE_FORBIDDEN",
      problem: `${this.#source} ${quote(does)} at byte ${this.#opcodeAt}, which the kit never executes`,
      fix,
    });
  }

  /** Creates the error for harmless data that the kit does not read, because CIFAR has none. */
  unsupported(what: string, fix = "use the published archive"): FailureError {
    return new FailureError({
      code: "PICKLE_UNSUPPORTED",
      problem: `${this.#source} holds ${quote(what)} at byte ${this.#opcodeAt}, which the kit cannot read`,
      fix,
    });
  }

  /** Skips bytes and returns where they start. */
  #advance(length: number): number {
    const start = this.#next;
    if (length > this.#bytes.length - start) throw this.damaged("the file ends too early");
    this.#next += length;
    return start;
  }
}
