import { Command } from "commander";
import { type DatasetName, datasetNames } from "../experiments/experiment.ts";
import type { Output } from "../workflow/progress/output.ts";
import { number, oneOf } from "./option-values.ts";

const examples = `
Examples:
  h2t split cifar10 --ratio 100                 12,406 of 50,000 images, 5,000 to 50 a class
  h2t split cifar100 --ratio 50 --json          every chosen position, for other programs

JSON: { dataset, imbalanceRatio, classCounts, positions }, where positions[c] are the chosen images'
positions within class c, in the order of drawing. The digest is the SHA-256 of the positions as JSON
without spaces. Equal to what the published code chooses with NumPy and seed 0.`;

/** `h2t split DATASET --ratio R [--json]`: class counts and chosen images; needs no images. */
export const splitCommand = (output: Output): Command =>
  new Command("split")
    .description("Show the class counts and the chosen images of a long-tailed data set. Needs no images.")
    .argument("<dataset>", datasetNames.join(", "), oneOf("DATASET", datasetNames))
    .requiredOption(
      "--ratio <ratio>",
      "largest over smallest class count, such as 100",
      number("--ratio", 100),
    )
    .option("--json", "print JSON with the position of every chosen image")
    .addHelpText("after", examples)
    .action(async (dataset: DatasetName, { ratio, json }: { ratio: number; json?: true }) => {
      const { datasetShape } = await import("../workflow/dataset-shape.ts");
      const { longTailedCounts } = await import("../splits/long-tailed-counts.ts");
      const { longTailedPositions } = await import("../splits/long-tailed-positions.ts");

      const { numClasses, classNames, imagesAClass } = datasetShape(dataset);
      const classCounts = longTailedCounts(imagesAClass, numClasses, ratio);
      const classSizes = classCounts.map(() => imagesAClass);
      const positions = longTailedPositions(classSizes, classCounts);
      if (json) {
        const lists = positions.map((list) => Array.from(list));
        output.write(
          `${JSON.stringify({ dataset, imbalanceRatio: ratio, classCounts, positions: lists })}\n`,
        );
        return;
      }
      const { describeSplit } = await import("./describe-split.ts");
      output.write(describeSplit({ dataset, ratio, imagesAClass, classNames, classCounts, positions }));
    });
