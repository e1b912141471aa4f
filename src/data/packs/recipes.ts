import { UsageError } from "../../errors.ts";
import { cifar10Classes, cifar100Classes, cifarSynonyms } from "../sources/cifar/class-names.ts";
import type { CifarFormat } from "../sources/cifar/format.ts";
import type { OfficialImages } from "../sources/cifar/official-images.ts";
import { shippedList } from "../sources/cifar/shipped-list.ts";
import type { PublishedArchive } from "../sources/download.ts";

/** Number of images per class of a data set. */
interface ImagesPerClass {
  readonly trainPerClass: number;
  readonly testPerClass: number;
}

/** One of the CIFAR sets, from a download, a copy, or class folders of images. */
export interface CifarRecipe extends ImagesPerClass {
  readonly kind: "cifar";
  readonly name: string;
  readonly baseUrl: string;
  /** The binary version, which is downloaded. */
  readonly archive: PublishedArchive;
  /** The Python version, which is accepted. */
  readonly pythonArchive: Pick<PublishedArchive, "file" | "sha256">;
  readonly format: CifarFormat;
  /** Official class names by number. */
  readonly classNames: readonly string[];
  /** Official class names by other names. */
  readonly synonyms: Readonly<Record<string, string>>;
  /** The published images, for recognising copies. */
  readonly official: Pick<OfficialImages, "digest"> & {
    list(): Promise<OfficialImages["list"]>;
  };
}

/** A data set that the kit can pack. */
export type DatasetRecipe =
  | CifarRecipe
  | (ImagesPerClass & {
      readonly kind: "tiny-imagenet";
      readonly name: string;
      readonly numClasses: number;
    })
  | (ImagesPerClass & {
      readonly kind: "glyphs";
      readonly name: string;
      readonly numClasses: 10 | 100;
      readonly seed: number;
    });

const cifar = {
  kind: "cifar",
  baseUrl: "https://www.cs.toronto.edu/~kriz/",
  synonyms: cifarSynonyms,
} as const;

const numbered = (prefix: string, suffix: string) => [1, 2, 3, 4, 5].map((i) => `${prefix}${i}${suffix}`);

/** Every data set, in the order of `h2t data`. */
export const recipes = [
  {
    ...cifar,
    name: "cifar10",
    trainPerClass: 5_000,
    testPerClass: 1_000,
    archive: {
      file: "cifar-10-binary.tar.gz",
      bytes: 170_052_171,
      sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    },
    pythonArchive: {
      file: "cifar-10-python.tar.gz",
      sha256: "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
    },
    classNames: cifar10Classes,
    official: {
      digest: "cae9be2471ff3364a50b127d5729c36129fc89506131b8e1fd2488fe51e7444e",
      list: () => shippedList("cifar10"),
    },
    format: {
      labelBytes: 1,
      labelsKey: "labels",
      classNamesKey: "label_names",
      imagesPerFile: { train: 10_000, test: 10_000 },
      binary: {
        classNames: "batches.meta.txt",
        train: numbered("data_batch_", ".bin"),
        test: ["test_batch.bin"],
      },
      python: { classNames: "batches.meta", train: numbered("data_batch_", ""), test: ["test_batch"] },
    },
  },
  {
    ...cifar,
    name: "cifar100",
    trainPerClass: 500,
    testPerClass: 100,
    archive: {
      file: "cifar-100-binary.tar.gz",
      bytes: 168_513_733,
      sha256: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
    },
    pythonArchive: {
      file: "cifar-100-python.tar.gz",
      sha256: "85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7",
    },
    classNames: cifar100Classes,
    official: {
      digest: "3d16785497ec40eb11af2a8395895bde141e25505ff5c004f32a79374309985e",
      list: () => shippedList("cifar100"),
    },
    format: {
      labelBytes: 2,
      labelsKey: "fine_labels",
      classNamesKey: "fine_label_names",
      imagesPerFile: { train: 50_000, test: 10_000 },
      binary: { classNames: "fine_label_names.txt", train: ["train.bin"], test: ["test.bin"] },
      python: { classNames: "meta", train: ["train"], test: ["test"] },
    },
  },
  { kind: "tiny-imagenet", name: "tiny-imagenet-32", numClasses: 100, trainPerClass: 500, testPerClass: 50 },
  { kind: "glyphs", name: "glyphs-10", numClasses: 10, trainPerClass: 500, testPerClass: 100, seed: 0 },
  { kind: "glyphs", name: "glyphs-100", numClasses: 100, trainPerClass: 500, testPerClass: 50, seed: 0 },
] as const satisfies readonly DatasetRecipe[];

/**
 * Finds the recipe of a data set.
 *
 * @throws {UsageError} if the name is unknown.
 */
export function recipeOf(name: string): DatasetRecipe {
  const recipe = recipes.find((one) => one.name === name);
  if (recipe) return recipe;
  const names = recipes.map((one) => one.name).join(", ");
  throw new UsageError({
    code: "DATA_SET_UNKNOWN",
    problem: `no data set is called ${name}`,
    fix: `choose one of ${names}`,
  });
}
