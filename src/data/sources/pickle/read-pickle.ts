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

/** CIFAR-100's training set takes about 200,000 opcodes; an opcode may cost hundreds of bytes of memory. */
const mostOpcodes = 2 ** 20;

/** CIFAR nests a list in a dictionary; this leaves room and keeps recursion shallow. */
const deepest = 16;

/**
 * Reads plain data and numpy arrays from a pickle of protocol 2, 3 or 4, without executing anything.
 *
 * Python 2's strings come as bytes, because it stores no encoding; keys of dictionaries are decoded as Latin-1. Bytes
 * are views of the file and keep it in memory. What follows the end of the pickle is ignored, as Python does.
 *
 * @param bytes - the whole file.
 * @param source - its name, for errors.
 * @returns numbers, booleans, null, strings, bytes, arrays, maps and numpy arrays.
 * @throws {FailureError} PICKLE_DAMAGED if the bytes are no whole pickle.
 * @throws {FailureError} PICKLE_FORBIDDEN if it calls a function or makes an object other than a numpy array.
 * @throws {FailureError} PICKLE_UNSUPPORTED if its protocol, kind of numbers, byte order, size or nesting is not read.
 * @example
 * const batch = readPickle(await readFile("data_batch_1"), "data_batch_1");
 * if (batch instanceof Map) batch.get("data"); // { shape: [10000, 3072], dtype: "u1", values: Uint8Array }
 * @source docs.python.org/3/library/pickletools.html and Python's Lib/pickletools.py.
 */
export function readPickle(bytes: Uint8Array, source: string): PickleValue {
  const input = new PickleInput(bytes, source);
  const stack = new PickleStack(input);
  for (let opcodes = 0; opcodes < mostOpcodes; opcodes++) {
    const opcode = input.opcode();
    if (opcode === stop) return finish(stack.result(), input);
    perform(opcode, stack, input);
  }
  throw input.unsupported(`more than ${mostOpcodes} opcodes`);
}

/** Copies lists and dictionaries with every array complete; a pickle may fill them after it has used them. */
function finish(result: Item, input: PickleInput): PickleValue {
  const finished = new Map<Item, { copy: PickleValue; levels: number }>();
  const copyOf = (item: Item, levels: number): PickleValue => {
    if (item instanceof PickledArray) return complete(item, input);
    if (item === null || typeof item !== "object" || item instanceof Uint8Array) return item;
    if (!Array.isArray(item) && !(item instanceof Map)) throw input.unsupported("a function or type as data");
    // Without this, lists that hold the same list twice, level after level, would double the work each time.
    const before = finished.get(item);
    if (before && before.levels <= levels) return before.copy;
    // A list that holds itself ends here, too.
    if (levels === 0) throw input.unsupported(`data nested more than ${deepest} deep`);
    const copy = Array.isArray(item)
      ? item.map((each) => copyOf(each, levels - 1))
      : new Map(Array.from(item, ([key, value]) => [key, copyOf(value, levels - 1)] as const));
    finished.set(item, { copy, levels });
    return copy;
  };
  return copyOf(result, deepest);
}

function complete({ built }: PickledArray, input: PickleInput): NumpyArray {
  if (!built) throw input.damaged("an array has no numbers");
  return built;
}
