import test from "ava";
import { recipes } from "../../../src/data/packs/recipes.ts";

// www.cs.toronto.edu/~kriz/cifar.html: 6,000 and 600 images per class, five in six for training. Tiny ImageNet: 500 for training, 50 for validation.
for (const [name, trainPerClass, testPerClass] of [
  ["cifar10", 5_000, 1_000],
  ["cifar100", 500, 100],
  ["tiny-imagenet-32", 500, 50],
] as const) {
  test(`recipes: ${name} has ${trainPerClass} training and ${testPerClass} test images in each class`, (t) => {
    const recipe = recipes.find((one) => one.name === name);
    t.like(recipe, { trainPerClass, testPerClass });
    if (recipe?.kind !== "cifar") return;
    const { classNames, format } = recipe;
    t.is(new Set(classNames).size * trainPerClass, format.binary.train.length * format.imagesPerFile.train);
    t.is(classNames.length * testPerClass, format.binary.test.length * format.imagesPerFile.test);
    t.is(format.python.train.length, format.binary.train.length);
  });

  test(`recipes: the list of ${name}'s official images has the published number per class`, async (t) => {
    const recipe = recipes.find((one) => one.name === name);
    t.truthy(recipe);
    if (recipe?.kind !== "cifar") return;
    const list = await recipe.official.list();
    const { length } = recipe.classNames;
    t.is(list.length, 7 * length * (trainPerClass + testPerClass));
    const labels = Array.from({ length: list.length / 7 }, (_, i) => list[7 * i] as number);
    const count = (some: readonly number[], label: number) => some.filter((one) => one === label).length;
    const train = labels.slice(0, length * trainPerClass);
    for (let label = 0; label < length; label++) {
      t.is(count(train, label), trainPerClass);
      t.is(count(labels, label), trainPerClass + testPerClass);
    }
  });
}
