import { setImmediate } from "node:timers/promises";
import { FailureError } from "../errors.ts";
import type { ReadImages } from "./class-folders.ts";
import { imageBytes, imageSize } from "./decode-image.ts";
import type { FileTree } from "./file-tree.ts";
import type { ImageSet } from "./image-set.ts";

/** How one of the CIFAR sets lays out its binary files. */
export interface CifarFormat {
  readonly numClasses: number;
  /** Bytes before the pixels of a record; the class is the last of them (CIFAR-100 has its coarse class first). */
  readonly labelBytes: 1 | 2;
  readonly classNamesFile: string;
  readonly trainFiles: readonly string[];
  readonly testFiles: readonly string[];
  /** Records in each file of the list. */
  readonly recordsPerFile: { readonly train: number; readonly test: number };
}

/** Whether a tree holds CIFAR binary files rather than pictures. */
export function hasCifarBinaries(tree: FileTree, format: CifarFormat): boolean {
  return [...format.trainFiles, ...format.testFiles].some((name) => findFile(tree, name) !== undefined);
}

/** A file of CIFAR's Python version, which names its files like the binary version but without `.bin`. */
export function findPythonFile(tree: FileTree, { trainFiles, testFiles }: CifarFormat): string | undefined {
  const names = [...trainFiles, ...testFiles].map((name) => name.replace(/\.bin$/, ""));
  return names.map((name) => findFile(tree, name)).find((path) => path !== undefined);
}

/**
 * Reads CIFAR's binary files: records of label bytes and 3,072 pixel bytes, red plane, green plane, blue plane.
 *
 * @returns channels last, images in the order of the files.
 * @throws {FailureError} if a file is missing, has another size, or holds a label out of range.
 * @throws the signal's reason, when it was aborted.
 * @source www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
 */
export async function readCifarBinaries(
  tree: FileTree,
  format: CifarFormat,
  signal?: AbortSignal,
): Promise<ReadImages> {
  const { numClasses, recordsPerFile } = format;
  const namesFile = await readNamed(tree, format.classNamesFile);
  const classNames = Buffer.from(namesFile).toString("utf8").split(/\r?\n/).filter(Boolean);
  if (classNames.length !== numClasses) {
    throw wrong(tree, format.classNamesFile, `name ${numClasses} classes`, `${classNames.length}`);
  }
  const read = async (names: readonly string[], records: number): Promise<ImageSet> => {
    const pixels = new Uint8Array(names.length * records * imageBytes);
    const labels = new Int32Array(names.length * records);
    for (const [i, name] of names.entries()) {
      // A file takes part of a second; signals come in between.
      await setImmediate();
      signal?.throwIfAborted();
      const bytes = await readNamed(tree, name);
      const expected = records * (format.labelBytes + imageBytes);
      if (bytes.length !== expected) throw wrong(tree, name, `have ${expected} bytes`, `${bytes.length}`);
      for (let record = 0; record < records; record++) {
        const start = record * (format.labelBytes + imageBytes) + format.labelBytes;
        const label = bytes[start - 1] as number;
        if (label >= numClasses) throw wrong(tree, name, `hold labels 0 … ${numClasses - 1}`, `${label}`);
        labels[i * records + record] = label;
        interleave(pixels, (i * records + record) * imageBytes, bytes, start);
      }
    }
    return { pixels, labels, height: imageSize, width: imageSize, numClasses };
  };
  const train = await read(format.trainFiles, recordsPerFile.train);
  return { classNames, train, test: await read(format.testFiles, recordsPerFile.test) };
}

/** Three planes to one row of RGB triples. */
function interleave(out: Uint8Array, to: number, planes: Uint8Array, from: number): void {
  const plane = imageSize * imageSize;
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let c = 0; c < 3; c++) out[to + 3 * pixel + c] = planes[from + c * plane + pixel] as number;
  }
}

const findFile = (tree: FileTree, name: string) =>
  tree.paths.find((path) => path === name || path.endsWith(`/${name}`));

async function readNamed(tree: FileTree, name: string): Promise<Uint8Array> {
  const path = findFile(tree, name);
  if (path === undefined) throw wrong(tree, name, "be there", "nothing of that name");
  return tree.read(path);
}

function wrong(tree: FileTree, name: string, rule: string, got: string): FailureError {
  return new FailureError({
    rule: `${name} of ${tree.source} must ${rule}`,
    got,
    remedy: "use the published binary archive as it is",
  });
}
