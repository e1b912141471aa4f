import { recipes } from "../data/packs/recipes.ts";
import type { DatasetName } from "../experiments/experiment.ts";

/**
 * Classes of a data set, and training images in each before any is left out; needs no images.
 *
 * @param dataset - one of `datasetNames`.
 * @returns both numbers, and the names.
 * @example datasetShape("cifar10"); // → { numClasses: 10, classNames: ["airplane", …], imagesAClass: 5000 }
 */
export function datasetShape(dataset: DatasetName): {
  readonly numClasses: number;
  /** Class names by number, where they are the same in every copy. */
  readonly classNames: readonly string[] | undefined;
  readonly imagesAClass: number;
} {
  const recipe = recipes.find(({ name }) => name === dataset);
  if (recipe === undefined) throw new Error(`no recipe for ${dataset}`);
  const numClasses = recipe.kind === "cifar" ? recipe.classNames.length : recipe.numClasses;
  const classNames = recipe.kind === "cifar" ? recipe.classNames : undefined;
  return { numClasses, classNames, imagesAClass: recipe.trainPerClass };
}
