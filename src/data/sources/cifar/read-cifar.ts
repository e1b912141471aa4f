import { setImmediate } from "node:timers/promises";
import { FailureError } from "../../../errors.ts";
import type { ImageSet } from "../../image-set.ts";
import type { CifarRecipe } from "../../packs/recipes.ts";
import { type ReadImages, type ReadOptions, readClassFolders } from "../class-folders.ts";
import { imageSize } from "../decode-image.ts";
import type { FileTree } from "../file-tree.ts";
import { readBinaryBatch, readBinaryNames } from "./binary-batches.ts";
import { officialClasses } from "./class-names.ts";
import { describeIncomplete, foldersWithBatches, onlyFolder } from "./find-batches.ts";
import type { Batch, BatchFiles, CifarFormat } from "./format.ts";
import { readPythonBatch, readPythonNames } from "./python-batches.ts";

/** Names and readers of the batch files in one version. */
interface Version {
  readonly title: string;
  readonly files: BatchFiles;
  readonly batch: (bytes: Uint8Array, file: string, count: number, format: CifarFormat) => Batch;
  readonly names: (bytes: Uint8Array, file: string, format: CifarFormat) => string[];
}

const versions = ({ format }: CifarRecipe): readonly Version[] => [
  { title: "binary", files: format.binary, batch: readBinaryBatch, names: readBinaryNames },
  { title: "Python", files: format.python, batch: readPythonBatch, names: readPythonNames },
];

/**
 * Reads a CIFAR set from binary or Python batch files, or from class folders of PNG or JPEG.
 *
 * @param tree - a folder or an archive; the files may be in any single folder of it.
 * @param others - the other CIFAR sets, for an error that names the right one.
 * @returns images in the order of the files, with official class names and numbers.
 * @throws {FailureError} if the tree holds no data set in these formats, several, or a damaged one.
 * @throws the signal's reason if the signal is aborted.
 */
export async function readCifar(
  recipe: CifarRecipe,
  tree: FileTree,
  others: readonly CifarRecipe[],
  options: Pick<ReadOptions, "onProgress" | "signal"> = {},
): Promise<ReadImages> {
  const found = versions(recipe).flatMap((version) =>
    foldersWithBatches(tree, version.files).map((folder) => ({ version, folder })),
  );
  const [first] = found;
  if (first === undefined) return readPictures(recipe, tree, others, options);
  onlyFolder(
    tree,
    found.map(({ folder }) => folder),
  );
  return readBatches(recipe, tree, first.version, first.folder, options.signal);
}

async function readBatches(
  recipe: CifarRecipe,
  tree: FileTree,
  { files, batch, names }: Version,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<ReadImages> {
  const { format, classNames } = recipe;
  const namesFile = folder + files.classNames;
  if (tree.paths.includes(namesFile)) {
    requireNames(names(await tree.read(namesFile), namesFile, format), namesFile, classNames);
  }
  const read = async (split: readonly string[], count: number): Promise<Batch[]> => {
    const batches: Batch[] = [];
    for (const name of split) {
      // A file takes a part of a second, so signals are handled between files.
      await setImmediate();
      signal?.throwIfAborted();
      batches.push(batch(await tree.read(folder + name), folder + name, count, format));
    }
    return batches;
  };
  const train = await read(files.train, format.imagesPerFile.train);
  const test = await read(files.test, format.imagesPerFile.test);
  requireDifferent([...train, ...test]);
  return {
    classNames,
    train: joined(train, classNames, recipe.trainPerClass),
    test: joined(test, classNames, recipe.testPerClass),
  };
}

function requireNames(names: readonly string[], file: string, classNames: readonly string[]): void {
  const index = classNames.findIndex((name, i) => names[i] !== name);
  if (index < 0 && names.length === classNames.length) return;
  throw new FailureError({
    code: "CLASS_UNKNOWN",
    problem:
      names.length === classNames.length
        ? `class ${index} is called ${names[index]} in ${file}, officially ${classNames[index]}`
        : `expected ${classNames.length} class names in ${file}, got ${names.length}`,
    fix: "check that --from and the data set's name match, or remove this file",
  });
}

function requireDifferent(batches: readonly Batch[]): void {
  for (const [i, one] of batches.entries()) {
    const twin = batches.slice(i + 1).find(({ pixels }) => Buffer.from(pixels.buffer).equals(one.pixels));
    if (twin === undefined) continue;
    throw new FailureError({
      code: "BATCH_TWICE",
      problem: `${twin.file} holds the same images as ${one.file}`,
      fix: "replace one of them, or unpack the archive again",
    });
  }
}

/** Joins batches to a split, and checks the number of images per class. */
function joined(batches: readonly Batch[], classNames: readonly string[], perClass: number): ImageSet {
  const counts = new Int32Array(classNames.length);
  for (const { labels, file } of batches) {
    for (const label of labels) {
      if (!(label >= 0 && label < classNames.length)) throw labelOutOfRange(label, file, classNames.length);
      counts[label] = (counts[label] as number) + 1;
    }
  }
  const wrong = counts.findIndex((count) => count !== perClass);
  if (wrong >= 0) {
    throw new FailureError({
      code: "IMAGES_PER_CLASS",
      problem: `expected ${perClass} images per class in ${batches.map(({ file }) => file).join(", ")}, got ${counts[wrong]} of class ${classNames[wrong]}`,
      fix: "unpack the published archive again",
    });
  }
  const labels = Int32Array.from(batches.flatMap((one) => [...one.labels]));
  const pixels = Buffer.concat(batches.map((one) => one.pixels));
  return { pixels, labels, height: imageSize, width: imageSize, numClasses: classNames.length };
}

function labelOutOfRange(label: number, file: string, numClasses: number): FailureError {
  return new FailureError({
    code: "LABEL_OUT_OF_RANGE",
    problem: `expected labels 0 … ${numClasses - 1} in ${file}, got ${label}`,
    fix: "replace this file, or unpack the archive again",
  });
}

/** Reads class folders, numbered by official names. @throws {FailureError} about the content of the tree if it has none. */
async function readPictures(
  recipe: CifarRecipe,
  tree: FileTree,
  others: readonly CifarRecipe[],
  options: Pick<ReadOptions, "onProgress" | "signal">,
): Promise<ReadImages> {
  const { trainPerClass, testPerClass, classNames, synonyms } = recipe;
  if (!tree.paths.some((file) => /(?:^|\/)(?:train|test)\/[^/]+\/[^/]+\.(?:png|jpe?g)$/i.test(file))) {
    throw unknownFormat(recipe, tree, others);
  }
  const numberOf = (folders: readonly string[]) => officialClasses(folders, classNames, synonyms);
  return readClassFolders(tree, {
    numbering: { classNames, numberOf },
    numClasses: classNames.length,
    trainPerClass,
    testPerClass,
    ...options,
  });
}

function unknownFormat(recipe: CifarRecipe, tree: FileTree, others: readonly CifarRecipe[]): FailureError {
  const other = others.find((one) =>
    versions(one).some(({ files }) => foldersWithBatches(tree, files).length > 0),
  );
  if (other !== undefined) {
    return new FailureError({
      code: "OTHER_DATA_SET",
      problem: `${tree.source} holds ${other.name}, not ${recipe.name}`,
      fix: `run \`h2t data ${other.name} --from ${tree.source}\``,
    });
  }
  const incomplete = versions(recipe)
    .map(({ files }) => describeIncomplete(tree, files))
    .find((line) => line !== undefined);
  return new FailureError({
    code: incomplete === undefined ? "FORMAT_UNKNOWN" : "BATCH_MISSING",
    problem: `${tree.source} does not hold a complete ${recipe.name}${incomplete === undefined ? "" : `: ${incomplete}`}`,
    fix: `pass ${recipe.archive.file}, ${recipe.pythonArchive.file} or their content (also repacked as tar, tar.gz or tar.xz), or {train,test}/<class>/*.{png,jpg}`,
  });
}
