import { type Item, PickledArray } from "./calls.ts";
import { PickleInput } from "./input.ts";
import type { NumpyArray } from "./numpy-array.ts";
import { perform, stop } from "./opcodes.ts";
import { PickleStack } from "./stack.ts";

/** Plain data from a pickle; lists and tuples are arrays, dictionaries are maps with strings as keys. */
export type PickleValue =
  | number
  | boolean
  | null
  | string
  | Uint8Array
  | PickleValue[]
  | Map<string, PickleValue>
  | NumpyArray;

/** Limit on opcodes, which may cost hundreds of bytes of memory each; CIFAR-100's training set has about 200,000. */
const maxOpcodes = 2 ** 20;

/** Limit on nesting, which keeps recursion shallow; CIFAR nests a list in a dictionary. */
const maxDepth = 16;

/**
 * Reads plain data and numpy arrays from a pickle of protocol 2, 3 or 4, without executing anything.
 *
 * Returns Python 2's strings as bytes, because their encoding is not stored. Decodes keys of dictionaries as Latin-1. Bytes
 * are views of the file and keep it in memory. Bytes after the end of the pickle are ignored, as in Python.
 *
 * @param bytes - the whole file.
 * @param source - its name, for errors.
 * @returns numbers, booleans, null, strings, bytes, arrays, maps and numpy arrays.
 * @throws {FailureError} PICKLE_DAMAGED if the bytes are not a complete pickle.
 * @throws {FailureError} PICKLE_FORBIDDEN if it calls a function or creates an object other than a numpy array.
 * @throws {FailureError} PICKLE_UNSUPPORTED if its protocol, number type, byte order, size or nesting is not supported.
 * @example
 * const batch = readPickle(await readFile("data_batch_1"), "data_batch_1");
 * if (batch instanceof Map) batch.get("data"); // { shape: [10000, 3072], dtype: "u1", values: Uint8Array }
 * @source docs.python.org/3/library/pickletools.html and Python's Lib/pickletools.py.
 */
export function readPickle(bytes: Uint8Array, source: string): PickleValue {
  const input = new PickleInput(bytes, source);
  const stack = new PickleStack(input);
  for (let opcodes = 0; opcodes < maxOpcodes; opcodes++) {
    const opcode = input.opcode();
    if (opcode === stop) return finish(stack.result(), input);
    perform(opcode, stack, input);
  }
  throw input.unsupported(`more than ${maxOpcodes} opcodes`);
}

/** Copies lists and dictionaries with completed arrays; a pickle may complete an array after using it. */
function finish(result: Item, input: PickleInput): PickleValue {
  const finished = new Map<Item, { copy: PickleValue; levels: number }>();
  const copyOf = (item: Item, levels: number): PickleValue => {
    if (item instanceof PickledArray) return complete(item, input);
    if (item === null || typeof item !== "object" || item instanceof Uint8Array) return item;
    if (!Array.isArray(item) && !(item instanceof Map)) throw input.unsupported("a function or type as data");
    // Prevents exponential time for lists that contain the same list twice, level after level.
    const before = finished.get(item);
    if (before && before.levels <= levels) return before.copy;
    // A list that contains itself also ends here.
    if (levels === 0) throw input.unsupported(`data nested more than ${maxDepth} levels deep`);
    const copy = Array.isArray(item)
      ? item.map((each) => copyOf(each, levels - 1))
      : new Map(Array.from(item, ([key, value]) => [key, copyOf(value, levels - 1)] as const));
    finished.set(item, { copy, levels });
    return copy;
  };
  return copyOf(result, maxDepth);
}

function complete({ built }: PickledArray, input: PickleInput): NumpyArray {
  if (!built) throw input.damaged("an array has no numbers");
  return built;
}
