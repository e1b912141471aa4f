import { FailureError } from "../errors.ts";
import { type LabelledPath, type ReadImages, type ReadOptions, readLabelled } from "./class-folders.ts";
import type { FileTree } from "./file-tree.ts";

const trainLayout = /^(?<root>(?:.+\/)?)train\/(?<className>[^/]+)\/images\/[^/]+\.jpe?g$/i;

/**
 * Reads Tiny ImageNet, images already 32 × 32, cut down to CIFAR-100's shape.
 *
 * Classes are the first synset ids in sorted order; the test split is the annotated validation split, whose annotations
 * decide the class, because the published test split has no labels.
 *
 * @param tree - `train/<synset>/images/*.JPEG`, `val/images/*.JPEG`, `val/val_annotations.txt`.
 * @param numClasses - how many of the synsets to keep.
 * @throws {FailureError} if the layout is another, there are too few classes or images in one, or an image is missing or damaged.
 * @throws the signal's reason, when it was aborted.
 */
export async function readTinyImagenet(
  tree: FileTree,
  numClasses: number,
  options: Omit<ReadOptions, "numClasses"> = {},
): Promise<ReadImages> {
  const found = tree.paths.flatMap((path) => {
    const { root, className } = trainLayout.exec(path)?.groups ?? {};
    return root !== undefined && className ? [{ path, root, className }] : [];
  });
  const kept = [...new Set(found.map(({ className }) => className))].sort().slice(0, numClasses);
  const [first] = found;
  if (!first || kept.length < numClasses) {
    throw new FailureError({
      rule: `${tree.source} must hold train/<synset>/images/*.JPEG of at least ${numClasses} synsets`,
      got: `${kept.length}`,
      remedy: "point --from at the folder or archive of Tiny ImageNet resized to 32 × 32",
    });
  }
  const train = found.filter(({ className }) => kept.includes(className));
  return readLabelled(tree, train, await readAnnotated(tree, `${first.root}val/`, kept), options);
}

/** Validation images of the kept classes, in the order of the annotations: file, synset, box, tab-separated. */
async function readAnnotated(
  tree: FileTree,
  folder: string,
  kept: readonly string[],
): Promise<LabelledPath[]> {
  const annotations = `${folder}val_annotations.txt`;
  if (!tree.paths.includes(annotations)) {
    throw new FailureError({
      rule: `${tree.source} must hold ${annotations}`,
      got: "no such file",
      remedy: "use the complete archive; the validation images have no class without it",
    });
  }
  const present = new Set(tree.paths);
  const lines = Buffer.from(await tree.read(annotations))
    .toString("utf8")
    .split(/\r?\n/)
    .filter(Boolean);
  return lines.flatMap((line) => {
    const [file = "", className = ""] = line.split("\t");
    if (!kept.includes(className)) return [];
    const path = `${folder}images/${file}`;
    if (!present.has(path)) {
      throw new FailureError({
        rule: `every image that ${annotations} names must be there`,
        got: `none at ${path}`,
        remedy: "use the complete archive",
      });
    }
    return [{ path, className }];
  });
}
