import { constants, isUtf8 } from "node:buffer";
import { FailureError } from "../../../errors.ts";

/** What an error quotes from the file, which may hold anything: at most 80 characters on one line. */
const quote = (text: string) => text.slice(0, 80).replaceAll(/[^\x20-\x7e]/g, "?");

/** The bytes of a pickle, read from front to back, and the errors that name where the reading stopped. */
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
    // A Buffer's views would be Buffers; callers get plain Uint8Arrays from either.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The next opcode; errors name its place until the next call. */
  opcode(): number {
    this.#opcodeAt = this.#next;
    return this.unsigned(1);
  }

  /** The next bytes as a view, without copying. */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** An unsigned little-endian integer of 1, 2, 4 or 8 bytes; one of 8 bytes is a length, so rounding is harmless. */
  unsigned(width: 1 | 2 | 4 | 8): number {
    const start = this.#advance(width);
    if (width === 1) return this.#view.getUint8(start);
    if (width === 2) return this.#view.getUint16(start, true);
    if (width === 4) return this.#view.getUint32(start, true);
    return Number(this.#view.getBigUint64(start, true));
  }

  /** A signed little-endian integer of 4 bytes. */
  signed(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  /** A big-endian double, the only number that pickles store that way round. */
  double(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  /** Python's long: its length, then that many bytes, little-endian, in two's complement. */
  long(): number {
    const bytes = this.take(this.unsigned(1));
    const digits = bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
    const value = Number(BigInt.asIntN(8 * bytes.length, digits));
    if (!Number.isSafeInteger(value)) throw this.unsupported("an integer beyond ±2^53");
    return value;
  }

  /** UTF-8 text of a length in bytes. */
  text(length: number): string {
    const bytes = this.take(length);
    if (length > constants.MAX_STRING_LENGTH) throw this.unsupported(`a text of ${length} bytes`);
    if (!isUtf8(bytes)) throw this.damaged("text is not UTF-8");
    return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString("utf8");
  }

  /** Text up to the next line feed, which is skipped. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#next);
    if (end < 0) throw this.damaged("the file ends in a name");
    const text = this.text(end - this.#next);
    this.#advance(1);
    return text;
  }

  /** Checks a frame's length; the frame itself only helps programs that read from a pipe. */
  frame(): void {
    if (this.unsigned(8) > this.#bytes.length - this.#next) throw this.damaged("the file ends in a frame");
  }

  /**
   * Announces a copy of part of the file.
   *
   * A small hostile file can ask to copy the same bytes again and again. An honest one needs two copies of each byte
   * at most: protocol 2 decodes bytes from text, and numbers of several bytes are aligned.
   */
  announceCopy(length: number): void {
    this.#copied += length;
    if (this.#copied > 2 * this.#bytes.length) throw this.unsupported("the same data many times over");
  }

  /** The file cannot be read as a pickle at all. */
  damaged(what: string): FailureError {
    return new FailureError({
      code: "PICKLE_DAMAGED",
      problem: `${this.#source} is a damaged pickle: ${what}, at byte ${this.#opcodeAt}`,
      fix: "download it again",
    });
  }

  /** The file wants something that may be harmful, such as calling a function; `does` is a verb and its object. */
  forbidden(does: string, fix = "use the published archive"): FailureError {
    return new FailureError({
      code: "PICKLE_FORBIDDEN",
      problem: `${this.#source} ${quote(does)} at byte ${this.#opcodeAt}, which the kit never executes`,
      fix,
    });
  }

  /** The file holds honest data of a kind that CIFAR does without. */
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
