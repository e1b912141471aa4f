import { FailureError } from "../../../errors.ts";
import { imageBytes } from "../decode-image.ts";
import type { NumpyArray } from "../pickle/numpy-array.ts";
import { type PickleValue, readPickle } from "../pickle/read-pickle.ts";
import type { Batch, CifarFormat } from "./format.ts";
import { interleaveAll } from "./planes.ts";

/**
 * Reads one of CIFAR's Python batches: a pickled dictionary with an array `data`, `[count, 3072]`, and a list of labels.
 *
 * @param bytes - the whole file, as Python 2 or Python 3 wrote it.
 * @param file - its path, for errors.
 * @param count - required number of images.
 * @throws {FailureError} if it is not such a dictionary, or has the wrong number of images.
 * @source www.cs.toronto.edu/~kriz/cifar.html, "Python version".
 */
export function readPythonBatch(
  bytes: Uint8Array,
  file: string,
  count: number,
  { labelsKey }: Pick<CifarFormat, "labelsKey">,
): Batch {
  const batch = dictionary(readPickle(bytes, file), file);
  const data = batch.get("data");
  if (!isArray(data) || !(data.values instanceof Uint8Array) || data.shape[1] !== imageBytes) {
    throw notABatch(file, `no array "data" of ${imageBytes} bytes per image`);
  }
  const labels = labelList(batch.get(labelsKey), file, labelsKey);
  if (data.shape[0] !== count || labels.length !== count) {
    throw new FailureError({
      code: "BATCH_LENGTH",
      problem: `expected ${count} images and labels in ${file}, got ${data.shape[0]} and ${labels.length}`,
      fix: "replace this file, or unpack the archive again",
    });
  }
  return { file, labels, pixels: interleaveAll(data.values) };
}

/** Reads the class names from a Python version's file. @throws {FailureError} if it has none. */
export function readPythonNames(
  bytes: Uint8Array,
  file: string,
  { classNamesKey }: Pick<CifarFormat, "classNamesKey">,
): string[] {
  const names = dictionary(readPickle(bytes, file), file).get(classNamesKey);
  if (!Array.isArray(names)) throw notABatch(file, `no list "${classNamesKey}"`);
  return names.map((name) => (name instanceof Uint8Array ? Buffer.from(name).toString("latin1") : `${name}`));
}

const isArray = (value: PickleValue | undefined): value is NumpyArray =>
  typeof value === "object" && value !== null && "shape" in value;

function dictionary(value: PickleValue, file: string): ReadonlyMap<string, PickleValue> {
  if (value instanceof Map) return value;
  throw notABatch(file, "no dictionary");
}

/** Reads a list of integers, or an integer array, which some tools save instead. */
function labelList(value: PickleValue | undefined, file: string, key: string): Int32Array {
  const values = isArray(value) ? Array.from(value.values) : value;
  if (!Array.isArray(values) || !values.every((label) => Number.isInteger(label))) {
    throw notABatch(file, `no list of integers "${key}"`);
  }
  return Int32Array.from(values as number[]);
}

function notABatch(file: string, found: string): FailureError {
  return new FailureError({
    code: "NOT_A_CIFAR_BATCH",
    problem: `${file} is a pickle with ${found}`,
    fix: "use the published Python version, or check that --from and the data set's name match",
  });
}
