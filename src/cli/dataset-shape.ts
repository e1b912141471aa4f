import { recipes } from "../images/recipes.ts";
import type { DatasetName } from "../paper/experiment.ts";

/**
 * Classes of a data set, and training images in each before any is left out; needs no images.
 *
 * @param dataset - one of `datasetNames`.
 * @returns both numbers.
 * @example datasetShape("cifar10"); // → { numClasses: 10, imagesAClass: 5000 }
 */
export function datasetShape(dataset: DatasetName): {
  readonly numClasses: number;
  readonly imagesAClass: number;
} {
  const recipe = recipes.find(({ name }) => name === dataset);
  if (recipe === undefined) throw new Error(`no recipe for ${dataset}`);
  const { numClasses } = recipe.kind === "cifar" ? recipe.format : recipe;
  return { numClasses, imagesAClass: recipe.trainPerClass };
}
