import { FailureError } from "../../errors.ts";
import type { Dataset, ImageSet } from "../image-set.ts";
import type { OnProgress } from "../progress.ts";
import { decodeCounter, decodeImages, imageSize } from "./decode-image.ts";
import type { FileTree } from "./file-tree.ts";

/** Result of a reader: both splits and the class names, before the data set has a name, an origin and a digest. */
export type ReadImages = Pick<Dataset, "classNames" | "train" | "test">;

/** One image file and the class it shows. */
export interface LabelledPath {
  readonly path: string;
  readonly className: string;
}

const layout = /^(?<root>(?:.+\/)?)(?<split>train|test)\/(?<className>[^/]+)\/[^/]+$/;
const picture = /\.(?:jpe?g|png)$/i;

/** Maps class folders to class numbers. */
export interface ClassNumbering {
  /** Class names by number. */
  readonly classNames: readonly string[];
  /** Returns the class number of each folder of a split. */
  numberOf(folders: readonly string[]): ReadonlyMap<string, number>;
}

/** Options of a reader. */
export interface ReadOptions {
  /** Class numbers of the data set; by default classes are numbered by sorted folder name. */
  readonly numbering?: ClassNumbering | undefined;
  /** Required number of classes; any number by default. */
  readonly numClasses?: number | undefined;
  /** Required number of training images per class; any number by default. */
  readonly trainPerClass?: number | undefined;
  /** Required number of test images per class; any number by default. */
  readonly testPerClass?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Stops the decoding. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads `{train,test}/<class>/*.{jpg,jpeg,png}` from a single folder anywhere in the tree.
 *
 * Numbers classes by sorted folder name unless `numbering` is given. Images are ordered by class, then by file name.
 *
 * @throws {FailureError} if there are no such images, the number or size of the classes is wrong, or an image is damaged.
 * @throws the signal's reason if the signal is aborted.
 */
export async function readClassFolders(tree: FileTree, options: ReadOptions = {}): Promise<ReadImages> {
  const found = tree.paths
    .filter((path) => picture.test(path))
    .flatMap((path) => {
      const { root, split, className } = layout.exec(path)?.groups ?? {};
      return root !== undefined && split && className ? [{ path, root, split, className }] : [];
    });
  const roots = [...new Set(found.map(({ root }) => root))];
  if (roots.length > 1) {
    throw new FailureError({
      code: "DATA_SET_TWICE",
      problem: `expected one data set in ${tree.source}, got ${roots.length}: ${roots.slice(0, 3).join(", ")}`,
      fix: "point --from at one of them",
    });
  }
  const train = found.filter(({ split }) => split === "train");
  const test = found.filter(({ split }) => split === "test");
  if (train.length === 0 || test.length === 0) {
    throw new FailureError({
      code: "IMAGES_NOT_FOUND",
      problem: `${tree.source} has ${train.length} training and ${test.length} test images as {train,test}/<class>/*.{jpg,jpeg,png} among its ${tree.paths.length} files`,
      fix: "point --from at the folder that holds train/ and test/",
    });
  }
  return readLabelled(tree, train, test, options);
}

/** Decodes the training and test images of the same classes. */
export async function readLabelled(
  tree: FileTree,
  train: readonly LabelledPath[],
  test: readonly LabelledPath[],
  { numbering, numClasses, trainPerClass, testPerClass, onProgress, signal }: ReadOptions = {},
): Promise<ReadImages> {
  const folders = { train: foldersOf(train), test: foldersOf(test) };
  if (numClasses !== undefined && folders.train.length !== numClasses) {
    const { length } = folders.train;
    throw new FailureError({
      code: "CLASS_COUNT",
      problem: `expected ${numClasses} class folders in ${tree.source}, got ${length}: ${firstFive(folders.train)}`,
      fix: "point --from at the images of the data set that you named",
    });
  }
  const { classNames, numberOf } = numbering ?? sortedNames(tree, folders);
  const numbers = { train: numberOf(folders.train), test: numberOf(folders.test) };
  requireSameClasses(tree, classNames, numbers);
  const labelled = { train: withLabels(train, numbers.train), test: withLabels(test, numbers.test) };
  if (numbering !== undefined) for (const images of Object.values(labelled)) images.sort(byClass);
  requirePerClass(tree, classNames, labelled.train, trainPerClass, "training");
  requirePerClass(tree, classNames, labelled.test, testPerClass, "test");
  const onImage = decodeCounter(train.length + test.length, onProgress);
  const read = async (images: readonly LabelledImage[]): Promise<ImageSet> => ({
    pixels: await decodeImages(
      tree,
      images.map(({ path }) => path),
      onImage,
      signal,
    ),
    labels: Int32Array.from(images, ({ label }) => label),
    height: imageSize,
    width: imageSize,
    numClasses: classNames.length,
  });
  return { classNames, train: await read(labelled.train), test: await read(labelled.test) };
}

interface LabelledImage {
  readonly path: string;
  readonly label: number;
}

const withLabels = (images: readonly LabelledPath[], numbers: ReadonlyMap<string, number>): LabelledImage[] =>
  images.map(({ path, className }) => ({ path, label: numbers.get(className) as number }));

/** Orders by class; the sort is stable, so images of a class keep the order of their file names. */
const byClass = (a: LabelledImage, b: LabelledImage) => a.label - b.label;

const foldersOf = (images: readonly LabelledPath[]) =>
  [...new Set(images.map(({ className }) => className))].sort();

const firstFive = (names: readonly string[]) =>
  `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;

type Folders = Record<"train" | "test", readonly string[]>;

/** Default numbering: by sorted folder name. */
function sortedNames(tree: FileTree, { train, test }: Folders): ClassNumbering {
  const classNames = [...new Set([...train, ...test])].sort();
  if (train.join("\n") !== test.join("\n")) throw differentClasses(tree, { train, test });
  return { classNames, numberOf: () => new Map(classNames.map((name, label) => [name, label])) };
}

function requireSameClasses(
  tree: FileTree,
  classNames: readonly string[],
  numbers: Record<"train" | "test", ReadonlyMap<string, number>>,
): void {
  const names = (split: ReadonlyMap<string, number>) =>
    classNames.filter((_, label) => [...split.values()].includes(label));
  const folders = { train: names(numbers.train), test: names(numbers.test) };
  if (folders.train.join("\n") !== folders.test.join("\n")) throw differentClasses(tree, folders);
}

function differentClasses(tree: FileTree, { train, test }: Folders): FailureError {
  const only = (some: readonly string[], others: readonly string[], images: string) => {
    const names = some.filter((name) => !others.includes(name));
    return names.length === 0 ? [] : [`only ${images} images of ${firstFive(names)}`];
  };
  const parts = [...only(train, test, "training"), ...only(test, train, "test")];
  return new FailureError({
    code: "CLASS_IN_ONE_SPLIT",
    problem: `${tree.source} has ${parts.join(", and ")}`,
    fix: "complete the folders, or remove the class from both splits",
  });
}

/** Rejects incomplete copies, which would make every class count derived from them wrong. */
function requirePerClass(
  tree: FileTree,
  classNames: readonly string[],
  images: readonly LabelledImage[],
  perClass: number | undefined,
  split: "training" | "test",
): void {
  if (perClass === undefined) return;
  const counts = new Int32Array(classNames.length);
  for (const { label } of images) counts[label] = (counts[label] as number) + 1;
  const wrong = classNames.filter((_, label) => counts[label] !== perClass);
  const [first] = wrong;
  if (first === undefined) return;
  const others = wrong.length > 1 ? `, and another number in ${wrong.length - 1} more classes` : "";
  throw new FailureError({
    code: "IMAGES_PER_CLASS",
    problem: `expected ${perClass} ${split} images per class in ${tree.source}, got ${counts[classNames.indexOf(first)]} of class ${first}${others}`,
    fix: "point --from at all images of the data set, each once",
  });
}
