import { FailureError } from "../errors.ts";
import { decodeCounter, decodeImages, imageSize } from "./decode-image.ts";
import type { FileTree } from "./file-tree.ts";
import type { Dataset, ImageSet } from "./image-set.ts";
import type { OnProgress } from "./progress.ts";

/** What a reader finds: both splits and the class names, before the data set has a name, an origin and a digest. */
export type ReadImages = Pick<Dataset, "classNames" | "train" | "test">;

/** One image file and the class it shows. */
export interface LabelledPath {
  readonly path: string;
  readonly className: string;
}

const layout = /^(?<root>(?:.+\/)?)(?<split>train|test)\/(?<className>[^/]+)\/[^/]+$/;
const picture = /\.(?:jpe?g|png)$/i;

/** What a reader may be told. */
export interface ReadOptions {
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

/** Decodes two lists of labelled files whose classes must agree; classes are numbered by sorted name. */
export async function readLabelled(
  tree: FileTree,
  train: readonly LabelledPath[],
  test: readonly LabelledPath[],
  { numClasses, trainPerClass, testPerClass, onProgress, signal }: ReadOptions = {},
): Promise<ReadImages> {
  const classNames = [...new Set(train.map(({ className }) => className))].sort();
  if (numClasses !== undefined && classNames.length !== numClasses) {
    throw new FailureError({
      rule: `${tree.source} must hold ${numClasses} class folders`,
      got: `${classNames.length}: ${classNames.slice(0, 5).join(", ")}${classNames.length > 5 ? ", …" : ""}`,
      remedy: "point --from at the images of the data set that you named",
    });
  }
  const testNames = [...new Set(test.map(({ className }) => className))].sort();
  const unpaired = [
    ...classNames.filter((name) => !testNames.includes(name)),
    ...testNames.filter((name) => !classNames.includes(name)),
  ];
  if (unpaired.length > 0) {
    throw new FailureError({
      rule: `every class of ${tree.source} must have training and test images`,
      got: `only one of the two for ${unpaired.slice(0, 5).join(", ")}`,
      remedy: "complete the folders, or remove the class from both",
    });
  }
  requirePerClass(tree, classNames, train, trainPerClass, "training");
  requirePerClass(tree, classNames, test, testPerClass, "test");
  const onImage = decodeCounter(train.length + test.length, onProgress);
  const read = async (images: readonly LabelledPath[]): Promise<ImageSet> => ({
    pixels: await decodeImages(
      tree,
      images.map(({ path }) => path),
      onImage,
      signal,
    ),
    labels: Int32Array.from(images, ({ className }) => classNames.indexOf(className)),
    height: imageSize,
    width: imageSize,
    numClasses: classNames.length,
  });
  return { classNames, train: await read(train), test: await read(test) };
}

/** An incomplete copy would pass for the whole data set, and every class count cut from it would be wrong. */
function requirePerClass(
  tree: FileTree,
  classNames: readonly string[],
  images: readonly LabelledPath[],
  perClass: number | undefined,
  split: "training" | "test",
): void {
  if (perClass === undefined) return;
  const counts = new Map<string, number>();
  for (const { className } of images) counts.set(className, (counts.get(className) ?? 0) + 1);
  const wrong = classNames.filter((name) => counts.get(name) !== perClass);
  const [first] = wrong;
  if (first === undefined) return;
  const others = wrong.length > 1 ? `, and another number in ${wrong.length - 1} more` : "";
  throw new FailureError({
    rule: `class ${first} of ${tree.source} must have ${perClass} ${split} images`,
    got: `${counts.get(first)}${others}`,
    remedy: "point --from at all images of the data set, each once",
  });
}
