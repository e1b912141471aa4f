import { UsageError } from "../errors.ts";
import type { CifarFormat } from "./cifar-binary.ts";
import type { PublishedArchive } from "./download.ts";

/** How many images each class of a data set has. */
interface ImagesPerClass {
  readonly trainPerClass: number;
  readonly testPerClass: number;
}

/** One of the CIFAR sets: downloadable, or from a copy, or from class-named image folders. */
export interface CifarRecipe extends ImagesPerClass {
  readonly kind: "cifar";
  readonly name: string;
  readonly baseUrl: string;
  readonly archive: PublishedArchive;
  readonly format: CifarFormat;
}

/** What the kit knows how to pack. */
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

const cifar = { kind: "cifar", baseUrl: "https://www.cs.toronto.edu/~kriz/" } as const;

/** Every data set, in the order in which `h2t data` names them. */
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
    format: {
      numClasses: 10,
      labelBytes: 1,
      classNamesFile: "batches.meta.txt",
      trainFiles: [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`),
      testFiles: ["test_batch.bin"],
      recordsPerFile: { train: 10_000, test: 10_000 },
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
    format: {
      numClasses: 100,
      labelBytes: 2,
      classNamesFile: "fine_label_names.txt",
      trainFiles: ["train.bin"],
      testFiles: ["test.bin"],
      recordsPerFile: { train: 50_000, test: 10_000 },
    },
  },
  { kind: "tiny-imagenet", name: "tiny-imagenet-32", numClasses: 100, trainPerClass: 500, testPerClass: 50 },
  { kind: "glyphs", name: "glyphs-10", numClasses: 10, trainPerClass: 500, testPerClass: 100, seed: 0 },
  { kind: "glyphs", name: "glyphs-100", numClasses: 100, trainPerClass: 500, testPerClass: 50, seed: 0 },
] as const satisfies readonly DatasetRecipe[];

/**
 * The recipe of a known data set.
 *
 * @throws {UsageError} if the name is unknown.
 */
export function recipeOf(name: string): DatasetRecipe {
  const recipe = recipes.find((one) => one.name === name);
  if (recipe) return recipe;
  const names = recipes.map((one) => one.name).join(", ");
  throw new UsageError({
    rule: `a data set must be one of ${names}`,
    got: name,
    remedy: "choose one of these",
  });
}
