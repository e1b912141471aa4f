import { FailureError } from "../../errors.ts";
import type { Dataset, ImageSet } from "../image-set.ts";
import type { OnProgress } from "../progress.ts";
import { decodeCounter, decodeImages, imageSize } from "./decode-image.ts";
import type { FileTree } from "./file-tree.ts";

/** What a reader finds: both splits and the class names, before the data set has a name, an origin and a digest. */
export type ReadImages = Pick<Dataset, "classNames" | "train" | "test">;

/** One image file and the class it shows. */
export interface LabelledPath {
  readonly path: string;
  readonly className: string;
}

const layout = /^(?<root>(?:.+\/)?)(?<split>train|test)\/(?<className>[^/]+)\/[^/]+$/;
const picture = /\.(?:jpe?g|png)$/i;

/** Which class number each folder has. */
export interface ClassNumbering {
  /** Class names by number. */
  readonly classNames: readonly string[];
  /** The class numbers of one split's folders. */
  numberOf(folders: readonly string[]): ReadonlyMap<string, number>;
}

/** What a reader checks and reports. */
export interface ReadOptions {
  /** The data set's own class numbers; sorted folder names by default. */
  readonly numbering?: ClassNumbering;
  /** How many classes there must be; any number by default. */
  readonly numClasses?: number;
  /** How many training images each class must have; any number by default. */
  readonly trainPerClass?: number;
  /** How many test images each class must have; any number by default. */
  readonly testPerClass?: number;
  readonly onProgress?: OnProgress | undefined;
  /** Ends the decoding. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads `{train,test}/<class>/*.{jpg,jpeg,png}`, below any one folder of the tree.
 *
 * Classes are numbered by sorted folder name and images kept in the order of sorted file names, class after class.
 *
 * @throws {FailureError} if there are no such images, the classes or their sizes are not those expected, or an image is damaged.
 * @throws the signal's reason, when it was aborted.
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
      rule: `${tree.source} must hold one data set`,
      got: `${roots.length}: ${roots.slice(0, 3).join(", ")}`,
      remedy: "point --from at one of them",
    });
  }
  const train = found.filter(({ split }) => split === "train");
  const test = found.filter(({ split }) => split === "test");
  if (train.length === 0 || test.length === 0) {
    throw new FailureError({
      rule: `${tree.source} must hold images as {train,test}/<class>/*.{jpg,jpeg,png}`,
      got: `${train.length} training and ${test.length} test images among ${tree.paths.length} files`,
      remedy: "point --from at the folder that holds train/ and test/",
    });
  }
  return readLabelled(tree, train, test, options);
}

/** Decodes two lists of labelled files whose classes must agree. */
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

/** Images in the order of their file names stay so within a class, however its folder is called. */
const byClass = (a: LabelledImage, b: LabelledImage) => a.label - b.label;

const foldersOf = (images: readonly LabelledPath[]) =>
  [...new Set(images.map(({ className }) => className))].sort();

const firstFive = (names: readonly string[]) =>
  `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;

type Folders = Record<"train" | "test", readonly string[]>;

/** Sorted folder names, where no numbering is given. */
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

/** An incomplete copy would pass for the whole data set, and every class count derived from it would be wrong. */
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
