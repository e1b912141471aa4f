import { FailureError } from "../../errors.ts";
import { type LabelledPath, type ReadImages, type ReadOptions, readLabelled } from "./class-folders.ts";
import type { FileTree } from "./file-tree.ts";

const trainLayout = /^(?<root>(?:.+\/)?)train\/(?<className>[^/]+)\/images\/[^/]+\.jpe?g$/i;

/** The first 100 of Tiny ImageNet's 200 synset ids in sorted order, as many classes as in CIFAR-100. */
export const firstSynsets: readonly string[] = (
  "n01443537 n01629819 n01641577 n01644900 n01698640 n01742172 n01768244 n01770393 n01774384 n01774750 " +
  "n01784675 n01855672 n01882714 n01910747 n01917289 n01944390 n01945685 n01950731 n01983481 n01984695 " +
  "n02002724 n02056570 n02058221 n02074367 n02085620 n02094433 n02099601 n02099712 n02106662 n02113799 " +
  "n02123045 n02123394 n02124075 n02125311 n02129165 n02132136 n02165456 n02190166 n02206856 n02226429 " +
  "n02231487 n02233338 n02236044 n02268443 n02279972 n02281406 n02321529 n02364673 n02395406 n02403003 " +
  "n02410509 n02415577 n02423022 n02437312 n02480495 n02481823 n02486410 n02504458 n02509815 n02666196 " +
  "n02669723 n02699494 n02730930 n02769748 n02788148 n02791270 n02793495 n02795169 n02802426 n02808440 " +
  "n02814533 n02814860 n02815834 n02823428 n02837789 n02841315 n02843684 n02883205 n02892201 n02906734 " +
  "n02909870 n02917067 n02927161 n02948072 n02950826 n02963159 n02977058 n02988304 n02999410 n03014705 " +
  "n03026506 n03042490 n03085013 n03089624 n03100240 n03126707 n03160309 n03179701 n03201208 n03250847"
).split(" ");

/**
 * Reads the given classes of Tiny ImageNet, with images already resized to 32 × 32.
 *
 * The annotated validation split becomes the test split, because the published test split has no labels.
 *
 * @param tree - `train/<synset>/images/*.JPEG`, `val/images/*.JPEG`, `val/val_annotations.txt`.
 * @param synsets - the classes to keep, sorted; their order numbers them.
 * @throws {FailureError} if the layout is wrong, a synset or an image is missing or damaged, or an image is annotated twice.
 * @throws the signal's reason if the signal is aborted.
 */
export async function readTinyImagenet(
  tree: FileTree,
  synsets: readonly string[] = firstSynsets,
  options: Omit<ReadOptions, "numClasses"> = {},
): Promise<ReadImages> {
  const found = tree.paths.flatMap((path) => {
    const { root, className } = trainLayout.exec(path)?.groups ?? {};
    return root !== undefined && className ? [{ path, root, className }] : [];
  });
  const present = new Set(found.map(({ className }) => className));
  const missing = synsets.filter((synset) => !present.has(synset));
  const [first] = found;
  if (!first || missing.length > 0) {
    throw new FailureError({
      code: "SYNSET_MISSING",
      problem: `${tree.source} has no train/<synset>/images/*.JPEG for ${missing.length} synsets, such as ${missing[0]}`,
      fix: "point --from at the folder or archive of Tiny ImageNet resized to 32 × 32, with all its classes",
    });
  }
  const train = found.filter(({ className }) => synsets.includes(className));
  return readLabelled(tree, train, await readAnnotated(tree, `${first.root}val/`, synsets), options);
}

/** Lists the validation images of the kept classes in the order of the annotations (file, synset, box; tab-separated). */
async function readAnnotated(
  tree: FileTree,
  folder: string,
  kept: readonly string[],
): Promise<LabelledPath[]> {
  const annotations = `${folder}val_annotations.txt`;
  if (!tree.paths.includes(annotations)) {
    throw new FailureError({
      code: "ANNOTATIONS_MISSING",
      problem: `${tree.source} has no ${annotations}`,
      fix: "use the complete archive; without this file the validation images have no class",
    });
  }
  const present = new Set(tree.paths);
  const lines = Buffer.from(await tree.read(annotations))
    .toString("utf8")
    .split(/\r?\n/)
    .filter(Boolean)
    .map((line) => line.split("\t"));
  const annotated = new Set<string>();
  return lines.flatMap(([file = "", className = ""]) => {
    if (annotated.has(file)) {
      throw new FailureError({
        code: "ANNOTATED_TWICE",
        problem: `${annotations} names ${file} twice`,
        fix: "use the published file of annotations",
      });
    }
    annotated.add(file);
    if (!kept.includes(className)) return [];
    const path = `${folder}images/${file}`;
    if (!present.has(path)) {
      throw new FailureError({
        code: "IMAGE_MISSING",
        problem: `${annotations} names ${path}, which does not exist`,
        fix: "use the complete archive",
      });
    }
    return [{ path, className }];
  });
}
