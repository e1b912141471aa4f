import test from "ava";
import { recipes } from "../../src/images/recipes.ts";

// www.cs.toronto.edu/~kriz/cifar.html: 6,000 and 600 images a class, five in six for training. Tiny ImageNet: 500, 50 to validate.
for (const [name, trainPerClass, testPerClass] of [
  ["cifar10", 5_000, 1_000],
  ["cifar100", 500, 100],
  ["tiny-imagenet-32", 500, 50],
] as const) {
  test(`recipes: ${name} has ${trainPerClass} training and ${testPerClass} test images in each class`, (t) => {
    const recipe = recipes.find((one) => one.name === name);
    t.like(recipe, { trainPerClass, testPerClass });
    if (recipe?.kind !== "cifar") return;
    const { numClasses, trainFiles, testFiles, recordsPerFile } = recipe.format;
    t.is(numClasses * trainPerClass, trainFiles.length * recordsPerFile.train);
    t.is(numClasses * testPerClass, testFiles.length * recordsPerFile.test);
  });
}
