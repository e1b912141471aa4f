/** Assembles pickles opcode by opcode, because the tests may not depend on Python or numpy. */

/** Opcodes and what follows them: numbers are bytes, text is ASCII. */
export const assemble = (...parts: readonly (number | string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(typeof part === "number" ? [part] : part))));

/** A little-endian unsigned integer. */
export function littleEndian(value: number, width: 1 | 2 | 4 | 8): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return new Uint8Array(bytes.subarray(0, width));
}

/** What differs between what Python 2 and Python 3 write. */
interface Dialect {
  /** Puts the opcodes between the beginning and the end of a file. */
  readonly file: (body: Uint8Array) => Uint8Array;
  /** A name or key. */
  readonly name: (text: string) => Uint8Array;
  /** Numpy's name of a kind of numbers or a byte order. */
  readonly typeName: (text: string) => Uint8Array;
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
  readonly global: (module: string, name: string) => Uint8Array;
  /** How often a global has something remembered, before it is remembered itself. */
  readonly globalRemembers: 0 | 2;
  /** Remembers the top of the stack as Python does for whatever it may refer to again. */
  readonly remember: (place: number) => Uint8Array;
  readonly multiarray: string;
  readonly booleans: readonly [no: Uint8Array, yes: Uint8Array];
}

const short = (opcode: number | string, bytes: Uint8Array | string) =>
  assemble(opcode, littleEndian(bytes.length, 1), bytes);
const long = (opcode: number | string, bytes: Uint8Array) =>
  assemble(opcode, littleEndian(bytes.length, 4), bytes);
const shortOrLong = (shortOpcode: string, longOpcode: string) => (bytes: Uint8Array) =>
  bytes.length < 256 ? short(shortOpcode, bytes) : long(longOpcode, bytes);
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/** Python 2's cPickle with protocol 2. */
const dialect2: Dialect = {
  file: (body) => assemble(0x80, 2, body, "."),
  name: (text) => shortOrLong("U", "T")(latin1(text)),
  typeName: (text) => short("U", text),
  bytes: shortOrLong("U", "T"),
  global: (module, name) => assemble(`c${module}\n${name}\n`),
  globalRemembers: 0,
  // cPickle counts from 1.
  remember: (place) => (place < 255 ? assemble("q", place + 1) : assemble("r", littleEndian(place + 1, 4))),
  multiarray: "numpy.core.multiarray",
  booleans: [assemble("K", 0), assemble("K", 1)],
};

/** Python 3 with protocol 4 and numpy 2; `key` is how keys and names are stored. */
const dialect3 = (key: "bytes" | "text"): Dialect => ({
  file: (body) => assemble(0x80, 4, 0x95, littleEndian(body.length + 1, 8), body, "."),
  name: (text) => (key === "bytes" ? short("C", latin1(text)) : short(0x8c, Buffer.from(text))),
  // Text even where keys are bytes.
  typeName: (text) => short(0x8c, text),
  bytes: shortOrLong("C", "B"),
  global: (module, name) => assemble(short(0x8c, module), 0x94, short(0x8c, name), 0x94, 0x93),
  globalRemembers: 2,
  remember: () => assemble(0x94),
  multiarray: "numpy._core.multiarray",
  booleans: [assemble(0x89), assemble(0x88)],
});

/** A value to write. */
type Value = number | string | readonly Value[] | Pixels;

/** Becomes a numpy array of bytes. */
interface Pixels {
  readonly data: Uint8Array;
  readonly shape: readonly number[];
}

/** Writes one file. */
class Writer {
  readonly #dialect: Dialect;
  readonly #parts: Uint8Array[] = [];
  #remembered = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** A dictionary. */
  file(entries: Readonly<Record<string, Value>>): Uint8Array {
    this.#add("}");
    this.#remember();
    this.#add("(");
    for (const [key, value] of Object.entries(entries)) {
      this.#value(key);
      this.#value(value);
    }
    this.#add("u");
    return this.#dialect.file(assemble(...this.#parts));
  }

  #add(...parts: (number | string | Uint8Array)[]): void {
    this.#parts.push(assemble(...parts));
  }

  #remember(): void {
    this.#add(this.#dialect.remember(this.#remembered++));
  }

  #value(value: Value): void {
    if (typeof value === "number") this.#integer(value);
    else if (typeof value === "string") this.#name(value);
    else if ("data" in value) this.#array(value);
    else this.#list(value);
  }

  #integer(value: number): void {
    if (value >= 0 && value < 2 ** 8) this.#add("K", value);
    else if (value >= 0 && value < 2 ** 16) this.#add("M", littleEndian(value, 2));
    else this.#add("J", new Uint8Array(Int32Array.of(value).buffer));
  }

  #name(text: string): void {
    this.#add(this.#dialect.name(text));
    this.#remember();
  }

  /** Python appends at most 1,000 values at once. */
  #list(values: readonly Value[]): void {
    this.#add("]");
    this.#remember();
    for (let start = 0; start < values.length; start += 1000) {
      this.#add("(");
      for (const value of values.slice(start, start + 1000)) this.#value(value);
      this.#add("e");
    }
  }

  #array({ data, shape }: Pixels): void {
    const { bytes, multiarray, booleans } = this.#dialect;
    this.#global(multiarray, "_reconstruct");
    this.#global("numpy", "ndarray");
    this.#add("K", 0, 0x85, bytes(latin1("b")), 0x87, "R");
    this.#remember();
    this.#add("(K", 1, "(");
    for (const size of shape) this.#integer(size);
    this.#add("t");
    this.#global("numpy", "dtype");
    this.#typeName("u1");
    this.#add(...booleans, 0x87, "R(K", 3);
    this.#typeName("|");
    this.#add("NNN", ...[-1, -1].map((none) => assemble("J", new Uint8Array(Int32Array.of(none).buffer))));
    this.#add("K", 0, "tb", 0x89, bytes(data), "tb");
  }

  #global(module: string, name: string): void {
    this.#remembered += this.#dialect.globalRemembers;
    this.#add(this.#dialect.global(module, name));
    this.#remember();
  }

  #typeName(name: string): void {
    this.#add(this.#dialect.typeName(name));
    this.#remember();
  }
}

/** What a file such as data_batch_1 or train holds. */
export interface Batch {
  /** `[n, 3072]`, as in the file: red plane, green plane, blue plane. */
  readonly data: Uint8Array;
  readonly labels: readonly number[];
  readonly filenames: readonly string[];
  /** `labels` in CIFAR-10; `fine_labels` in CIFAR-100, whose files hold coarse labels, too. */
  readonly labelKey: "labels" | "fine_labels";
  /** By default a fifth of each label, where there are fine labels. */
  readonly coarseLabels?: readonly number[];
}

/** What a file such as batches.meta or meta holds. */
export interface Meta {
  /** `label_names` in CIFAR-10, `fine_label_names` in CIFAR-100. */
  readonly key: string;
  readonly names: readonly string[];
}

function batchEntries({ data, labels, filenames, labelKey, coarseLabels }: Batch): Record<string, Value> {
  const entries: Record<string, Value> = { batch_label: "training batch 1 of 5", [labelKey]: labels };
  if (labelKey === "fine_labels") {
    entries.coarse_labels = coarseLabels ?? labels.map((label) => Math.floor(label / 5));
  }
  entries.data = { data, shape: [data.length / 3072, 3072] };
  entries.filenames = filenames;
  return entries;
}

const metaEntries = ({ key, names }: Meta): Record<string, Value> => ({
  num_cases_per_batch: 10_000,
  [key]: names,
  num_vis: 3072,
});

/** A batch as it is published: by Python 2, with protocol 2. */
export const python2Batch = (batch: Batch): Uint8Array => new Writer(dialect2).file(batchEntries(batch));

/** The class names as they are published: by Python 2, with protocol 2. */
export const python2Meta = (meta: Meta): Uint8Array => new Writer(dialect2).file(metaEntries(meta));

/** A batch as Python 3 saves it again with protocol 4: with keys of bytes or text, as it was loaded. */
export const python3Batch = (batch: Batch, key: "bytes" | "text" = "bytes"): Uint8Array =>
  new Writer(dialect3(key)).file(batchEntries(batch));

/** The class names as Python 3 saves them again with protocol 4. */
export const python3Meta = (meta: Meta, key: "bytes" | "text" = "bytes"): Uint8Array =>
  new Writer(dialect3(key)).file(metaEntries(meta));
