import type { PickleInput } from "./input.ts";
import { isNumpyType, type NumpyArray, type NumpyType, readNumpyArray } from "./numpy-array.ts";

/** The functions and types that CIFAR pickles name; all others are refused. */
const allowedGlobals: ReadonlyMap<string, PickledGlobal["role"]> = new Map([
  ["numpy.core.multiarray _reconstruct", "reconstruct"],
  ["numpy._core.multiarray _reconstruct", "reconstruct"],
  ["numpy ndarray", "ndarray"],
  ["numpy dtype", "dtype"],
  ["_codecs encode", "encode"],
]);

/** A function or type that the file names. The kit reproduces its effect and never calls it. */
export class PickledGlobal {
  readonly role: "reconstruct" | "ndarray" | "dtype" | "encode";

  private constructor(role: PickledGlobal["role"]) {
    this.role = role;
  }

  /** @throws {FailureError} if the name is not one of the few allowed. */
  static named(module: string, name: string, input: PickleInput): PickledGlobal {
    const role = allowedGlobals.get(`${module} ${name}`);
    // Both are shortened, because a long module name would hide the function.
    if (!role) throw input.forbidden(`calls ${module.slice(0, 40)}.${name.slice(0, 30)}`);
    return new PickledGlobal(role);
  }
}

/** A number type; BUILD sets its byte order. */
class PickledType {
  littleEndian = false;
  readonly name: NumpyType;

  constructor(name: NumpyType) {
    this.name = name;
  }
}

/** An array; BUILD sets its shape and numbers. */
export class PickledArray {
  built: NumpyArray | undefined;
}

/** An item on the stack of a pickle, either a finished value or a part of one. */
export type Item =
  | number
  | boolean
  | null
  | string
  | Uint8Array
  | Item[]
  | Map<string, Item>
  | PickledGlobal
  | PickledType
  | PickledArray;

/** Reads a name, which Python 2 stores as bytes and Python 3 as text. */
const nameOf = (item: Item | undefined): string | undefined =>
  item instanceof Uint8Array ? Buffer.from(item.subarray(0, 80)).toString("latin1") : textOf(item);
const textOf = (item: Item | undefined) => (typeof item === "string" ? item : undefined);

/**
 * Returns the result of a call to an allowed function.
 *
 * @throws {FailureError} for any other call, and for number types that the kit does not read.
 */
export function reduce(target: Item, given: Item, input: PickleInput): Item {
  if (!(target instanceof PickledGlobal)) throw input.damaged("a value is called like a function");
  if (!Array.isArray(given)) throw input.damaged("a function has no arguments");
  switch (target.role) {
    case "reconstruct":
      return reconstruct(given, input);
    case "dtype":
      return numberType(given, input);
    case "encode":
      return encode(given, input);
    case "ndarray":
      throw input.forbidden("calls numpy.ndarray");
  }
}

/** Creates an empty array, as in `_reconstruct(numpy.ndarray, (0,), b"b")`. */
function reconstruct([type]: readonly Item[], input: PickleInput): Item {
  if (!(type instanceof PickledGlobal && type.role === "ndarray")) {
    throw input.forbidden("creates an array that is not a numpy.ndarray");
  }
  return new PickledArray();
}

/** Creates a number type, as in `dtype("u1", False, True)`. */
function numberType([given]: readonly Item[], input: PickleInput): Item {
  const name = nameOf(given);
  if (name === undefined) throw input.damaged("a numpy type has no name");
  if (isNumpyType(name)) return new PickledType(name);
  throw input.unsupported(`numpy values of type ${name}`, "save uint8 images and int64 labels");
}

/** Decodes bytes that protocol 2 stores as text, as in `encode("é", "latin1")`. */
function encode([text, encoding]: readonly Item[], input: PickleInput): Item {
  if (typeof text !== "string") throw input.damaged("bytes are not stored as text");
  if (nameOf(encoding) !== "latin1") throw input.unsupported(`text to encode as ${nameOf(encoding)}`);
  input.countCopy(text.length);
  const bytes = Buffer.from(text, "latin1");
  // Node silently truncates larger characters to one byte.
  if (bytes.toString("latin1") !== text) throw input.damaged("text is not Latin-1");
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Completes a numpy type or array in place.
 *
 * @throws {FailureError} if the state does not match, or describes big-endian numbers or records.
 */
export function build(target: Item, state: Item, input: PickleInput): void {
  if (!Array.isArray(state)) throw input.damaged("an object has no state");
  if (target instanceof PickledType) completeType(target, state, input);
  else if (target instanceof PickledArray) completeArray(target, state, input);
  else throw input.damaged("a plain value has a state");
}

/** Reads a state such as `(3, "<", None, None, None, -1, -1, 0)`: version, byte order, then the fields of records. */
function completeType(type: PickledType, [, given, ...records]: readonly Item[], input: PickleInput): void {
  const order = nameOf(given);
  if (order === undefined) throw input.damaged("a numpy type has no byte order");
  if (order !== "<" && order !== "|") {
    throw input.unsupported(`numpy values of byte order ${order}`, 'save them in order "<"');
  }
  if (records.slice(0, 3).some((part) => part !== null)) throw input.unsupported("numpy records");
  type.littleEndian = true;
}

/** Reads a state such as `(1, (2, 3), dtype, False, b"…")`: version, shape, type, whether column-major, numbers. */
function completeArray(array: PickledArray, state: readonly Item[], input: PickleInput): void {
  const [, shape, type, columnMajor, bytes] = state;
  if (array.built) throw input.damaged("an array has two states");
  if (!(type instanceof PickledType && type.littleEndian)) throw input.damaged("an array has no type");
  if (!Array.isArray(shape)) throw input.damaged("an array has no shape");
  if (!(bytes instanceof Uint8Array)) throw input.damaged("an array has no bytes");
  const sizes = shape.map((size) => (typeof size === "number" ? size : Number.NaN));
  array.built = readNumpyArray(
    { shape: sizes, dtype: type.name, columnMajor: columnMajor === true || columnMajor === 1, bytes },
    input,
  );
}
